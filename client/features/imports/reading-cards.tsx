import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats, useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';
import type { Guard } from './coordinates.part.tsx';
import { CrsSelect } from './crs-select.tsx';
import { isSameReading, metresText, readingKey, shortReading } from './import-words.ts';
import type { Reading } from './import-words.ts';
import { ReadingDot } from './reading-dot.tsx';

type Props = {
  readonly crs: Guard;
  readonly chosen: Reading | null;
  readonly onChoose: (reading: Reading) => void;
};

/** The readings that the numbers allow, each with what speaks for it, and any other system by name. */
export function ReadingCards({ crs, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const name = useId();
  const [isOther, setOther] = useState(false);
  const isListed = crs.candidates.some((each) => isSameReading(each, chosen));
  return (
    <fieldset className="import-readings">
      <legend className="field-label">{t('imports.crs.readings')}</legend>
      {crs.candidates.map((candidate, index) => (
        <ReadingCard
          isLettered={crs.decided === null && crs.candidates.length > 1}
          index={index}
          key={readingKey(candidate)}
          name={name}
          candidate={candidate}
          base={crs.candidates[0]}
          isDecided={isSameReading(candidate, crs.decided)}
          isChosen={!isOther && isSameReading(candidate, chosen)}
          onChoose={() => {
            setOther(false);
            onChoose({ crs: candidate.crs, swapped: candidate.swapped });
          }}
        />
      ))}
      <OtherReading
        chosen={isOther || !isListed ? chosen : null}
        onChoose={(reading) => {
          setOther(true);
          onChoose(reading);
        }}
      />
    </fieldset>
  );
}

type CardProps = {
  readonly name: string;
  /** Whether the small map shows letters. */
  readonly isLettered: boolean;
  readonly index: number;
  readonly candidate: Guard['candidates'][number];
  /** The reading that offsets are measured from. */
  readonly base: Guard['candidates'][number] | undefined;
  readonly isDecided: boolean;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
};

function ReadingCard(props: CardProps) {
  const { name, isLettered, index, candidate, base, isDecided, isChosen, onChoose } = props;
  const { t } = useTranslation();
  const lang = useLang();
  const { number } = useFormats();
  const { inStatedRegion, outside, checked, offsetMetres } = candidate;
  const facts = [
    ...(checked > 0
      ? [t('imports.crs.inRegion', { count: number(inStatedRegion), of: number(checked) })]
      : []),
    ...(outside > 0 ? [t('imports.crs.outside', { count: number(outside) })] : []),
    ...(offsetMetres > 0 && base !== undefined
      ? [
          t('imports.crs.offsetFrom', {
            name: shortReading(nameIn(base.names, lang)),
            metres: metresText(offsetMetres, number),
          }),
        ]
      : []),
  ];
  return (
    <label className={`import-choice${isChosen ? ' is-chosen' : ''}`}>
      <input
        type="radio"
        name={name}
        checked={isChosen}
        data-testid={`import-reading-${readingKey(candidate)}`}
        onChange={onChoose}
      />
      <span className="import-choice-name">
        {isLettered ? <ReadingDot index={index} isLettered /> : null}
        {nameIn(candidate.names, lang)}
        {isDecided ? <span className="row-tag">{t('imports.crs.current')}</span> : null}
      </span>
      <span className="import-choice-text">{facts.join(' · ')}</span>
    </label>
  );
}

type OtherProps = {
  readonly chosen: Reading | null;
  readonly onChoose: (reading: Reading) => void;
};

function OtherReading({ chosen, onChoose }: OtherProps) {
  const { t } = useTranslation();
  const swapped = chosen?.swapped ?? false;
  return (
    <div className="import-other">
      <CrsSelect
        label={t('imports.crs.other')}
        value={chosen?.crs ?? ''}
        none={{ value: '', text: t('imports.crs.otherNone') }}
        onChange={(crs) => {
          if (crs !== '') onChoose({ crs, swapped });
        }}
      />
      {chosen === null ? null : (
        <label className="import-check">
          <input
            type="checkbox"
            checked={swapped}
            onChange={(event) =>
              onChoose({ crs: chosen.crs, swapped: event.currentTarget.checked })
            }
          />
          {t('imports.crs.swapped')}
        </label>
      )}
    </div>
  );
}
