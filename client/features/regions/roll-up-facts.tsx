import { useTranslation } from 'react-i18next';
import type { RegionSummary } from '#server/features/regions/regions.contract.ts';
import { useSeesPart } from '#client/state/session-store.ts';
import { Name } from '#client/ui/name.tsx';
import { useFormats, useLang } from '#client/ui/use-format.ts';
import { levelName, nameIn } from '#client/ui/words.ts';

type Props = { readonly rollUp: RegionSummary };

/** The rule by its full name, W and W⁺, and the sentences of floor, gate and 待定. */
export function RollUpFacts({ rollUp }: Props) {
  const { t } = useTranslation();
  const format = useFormats();
  const lang = useLang();
  const { level, w, wPlus, wPlusLevel, pending, floor } = rollUp;
  // A region that gets counts only has no rule to name: nothing was decided.
  if (rollUp.state === 'assessed' && level === null) {
    return (
      <div className="roll-up">
        <p className="rule-label">{t('level.notGradedHint')}</p>
        <LimitNote />
      </div>
    );
  }
  return (
    <div className="roll-up">
      <p className="rule-label">
        <Name of={rollUp.ruleLabel} />
      </p>
      {w === null ? null : (
        <dl className="weights">
          <div>
            <dt>{t('region.weight')}</dt>
            <dd>{format.mean(w)}</dd>
          </div>
          {wPlus === null ? null : (
            <div>
              <dt>{t('region.weightPlus')}</dt>
              <dd>{format.mean(wPlus)}</dd>
            </div>
          )}
        </dl>
      )}
      <GateSentence rollUp={rollUp} />
      {floor === null ? null : (
        <p className="roll-up-line">
          {t('region.floor', {
            because: nameIn(floor.because, lang),
            level: levelName(floor.level, lang),
          })}
        </p>
      )}
      <LimitNote />
      {pending && wPlusLevel !== null ? (
        <p className="roll-up-line">
          {t('region.pending', { level: levelName(wPlusLevel, lang) })}
        </p>
      ) : null}
    </div>
  );
}

/** Whoever sees a part of the register sees the counts and the colour of that part. */
function LimitNote() {
  const { t } = useTranslation();
  if (!useSeesPart()) return null;
  return (
    <p className="roll-up-line" data-testid="limit-note">
      {t('region.limited')}
    </p>
  );
}

/** Of what the rule looks at: enterprises and public places, not their risk points. */
function GateSentence({ rollUp }: Props) {
  const { t } = useTranslation();
  const format = useFormats();
  const { gate, s1, s2, s3, s4, sU } = rollUp;
  const assessed = s1 + s2 + s3 + s4;
  if (gate === null) return null;
  if (gate.share === null) return <p className="roll-up-line">{t('region.gateNothing')}</p>;
  const figures = {
    assessed: format.number(assessed),
    total: format.number(assessed + sU),
    share: format.share(gate.share),
    threshold: format.share(gate.threshold),
  };
  return (
    <p className="roll-up-line">
      {gate.passed ? t('region.gatePassed', figures) : t('region.gateFailed', figures)}
    </p>
  );
}
