import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IMPORT_KINDS } from '#server/domain/import/import-kind.ts';
import type { ImportKind } from '#server/domain/import/import-kind.ts';
import { useLang } from '#client/ui/use-format.ts';
import { CrsSelect } from './crs-select.tsx';
import { DropZone } from './drop-zone.tsx';
import { EarlierImports } from './earlier-imports.tsx';
import { RefusalNotice } from './refusal-notice.tsx';
import { RegionSelect } from './region-select.tsx';
import { useSendFile } from './use-send-file.ts';

/** Where an import starts: what the rows are, the file, and how its coordinates are to be read. */
export function StartView() {
  const { t } = useTranslation();
  const [kind, setKind] = useState<ImportKind>('risk-points');
  const [crs, setCrs] = useState('auto');
  const [region, setRegion] = useState<string | null>(null);
  const [file, setFile] = useState<File | null>(null);
  const { create, send } = useSendFile();
  const id = useId();
  const choose = (next: File | null) => {
    create.reset();
    setFile(next);
  };
  return (
    <div className="imports-body">
      <p className="imports-lead">{t('imports.start.lead')}</p>
      <KindChoice value={kind} onChange={setKind} />
      <Templates kind={kind} />
      <DropZone file={file} isBusy={create.isPending} onChoose={choose} />
      <div className="import-options">
        <div className="field">
          <label className="field-label" htmlFor={`${id}-crs`}>
            {t('imports.start.crs')}
          </label>
          <CrsSelect
            id={`${id}-crs`}
            value={crs}
            none={{ value: 'auto', text: t('imports.start.crsAuto') }}
            onChange={setCrs}
          />
          <p className="why-hint">{t('imports.start.crsHint')}</p>
        </div>
        <div className="field">
          <label className="field-label" htmlFor={`${id}-region`}>
            {t('imports.start.region')}
          </label>
          <RegionSelect id={`${id}-region`} value={region} onChange={setRegion} />
          <p className="why-hint">{t('imports.start.regionHint')}</p>
        </div>
      </div>
      {create.error === null ? null : <RefusalNotice error={create.error} />}
      <div className="import-start-actions">
        <button
          type="button"
          className="button button-primary import-read"
          data-testid="import-read"
          disabled={file === null || create.isPending}
          onClick={() => {
            if (file !== null) void send(file, { kind, crs, region: region ?? undefined });
          }}
        >
          {create.isPending ? t('imports.start.reading') : t('imports.start.read')}
        </button>
        <p className="why-hint">{t('imports.start.nothingWritten')}</p>
      </div>
      {create.isPending ? <div className="import-bar is-open" aria-hidden="true" /> : null}
      <EarlierImports />
    </div>
  );
}

type KindProps = { readonly value: ImportKind; readonly onChange: (kind: ImportKind) => void };

function KindChoice({ value, onChange }: KindProps) {
  const { t } = useTranslation();
  const name = useId();
  return (
    <fieldset className="import-kinds">
      <legend className="field-label">{t('imports.start.kind')}</legend>
      {IMPORT_KINDS.map((kind) => (
        <label key={kind} className={`import-choice${kind === value ? ' is-chosen' : ''}`}>
          <input
            type="radio"
            name={name}
            checked={kind === value}
            data-testid={`import-kind-${kind}`}
            onChange={() => onChange(kind)}
          />
          <span className="import-choice-name">{t(`imports.kind.${kind}.name`)}</span>
          <span className="import-choice-text">{t(`imports.kind.${kind}.text`)}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Empty spreadsheets with the headers, an example and the value lists, in the reader's language. */
function Templates({ kind }: { readonly kind: ImportKind }) {
  const { t } = useTranslation();
  const language = useLang() === 'en' ? 'en' : 'zh';
  const hrefOf = (format: string) =>
    `/api/v1/import-templates/${kind}?language=${language}&format=${format}`;
  return (
    <p className="import-templates">
      {t('imports.start.template', { kind: t(`imports.kind.${kind}.name`) })}
      {(['xlsx', 'csv'] as const).map((format) => (
        <a key={format} className="link" href={hrefOf(format)} download>
          {format.toUpperCase()}
        </a>
      ))}
    </p>
  );
}
