import { useTranslation } from 'react-i18next';
import type { ImportReport } from '#server/features/imports/import-report.contract.ts';
import { useCancelImport } from '#client/api/imports.ts';
import { Facts } from '#client/ui/facts.tsx';
import { Name } from '#client/ui/name.tsx';
import { Fold } from './fold.tsx';
import { ImportLink } from './import-link.tsx';
import { RefusalNotice } from './refusal-notice.tsx';
import { sentFile, useSendFile } from './use-send-file.ts';

type Format = NonNullable<ImportReport['format']>;

/** How the file was read: form, encoding, delimiter, sheet, title and header rows. */
export function FilePart({ report }: { readonly report: ImportReport }) {
  const { t } = useTranslation();
  const facts = useFormatFacts(report.format);
  const { format, problem } = report;
  // The reason that stands at the top is not said twice.
  const notes = report.notes.filter(({ zh }) => zh !== problem?.zh);
  if (format === null) return null;
  return (
    <>
      <Fold
        title={t('imports.file.title')}
        summary={facts.map(({ value }) => value).join(' · ')}
        testId="import-file-part"
      >
        <Facts facts={facts} />
        {format.sheets.length > 1 ? <SheetSwitch report={report} format={format} /> : null}
      </Fold>
      {notes.length === 0 ? null : (
        <ul className="import-notes" data-testid="import-notes">
          {notes.map((note) => (
            <li key={note.zh}>
              <Name of={note} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

const FORMS = { csv: 'CSV', xlsx: 'XLSX', geojson: 'GeoJSON' } as const;

const DELIMITERS: Readonly<Record<string, 'comma' | 'semicolon' | 'tab'>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
};

function useFormatFacts(format: Format | null) {
  const { t } = useTranslation();
  if (format === null) return [];
  const delimiter = DELIMITERS[format.delimiter ?? ''];
  const rows = (numbers: readonly number[]) => numbers.join(t('app.listSeparator'));
  return [
    { label: t('imports.file.form'), value: FORMS[format.kind] },
    { label: t('imports.file.encoding'), value: format.encoding ?? '' },
    {
      label: t('imports.file.delimiter'),
      value: delimiter === undefined ? (format.delimiter ?? '') : t(`imports.file.${delimiter}`),
    },
    {
      label: t('imports.file.sheet'),
      value: format.sheet === null ? '' : t('imports.file.sheetName', { name: format.sheet }),
    },
    {
      label: t('imports.file.titleRows'),
      value:
        format.titleRows.length === 0
          ? ''
          : t('imports.file.titleRowsAre', { rows: rows(format.titleRows) }),
    },
    {
      label: t('imports.file.headerRows'),
      value:
        format.headerRows.length === 0
          ? ''
          : t('imports.file.headerRowsAre', { rows: rows(format.headerRows) }),
    },
  ].filter(({ value }) => value !== '');
}

type SheetProps = { readonly report: ImportReport; readonly format: Format };

/** Another sheet is another import: the file is sent once more and this import dropped. */
function SheetSwitch({ report, format }: SheetProps) {
  const { t } = useTranslation();
  const { create, send } = useSendFile();
  const cancel = useCancelImport();
  const known = sentFile(report.id);
  const isOpen = report.state === 'ready' || report.state === 'rejected';
  if (known === null || !isOpen) {
    return (
      <p className="why-hint">
        {t('imports.file.sheetsAre', { names: format.sheets.join(t('app.listSeparator')) })}{' '}
        {isOpen ? (
          <ImportLink to={null} className="link">
            {t('imports.file.sendAgain')}
          </ImportLink>
        ) : null}
      </p>
    );
  }
  const switchTo = async (sheet: string) => {
    if (await send(known.file, { ...known.query, sheet })) cancel.mutate(report.id);
  };
  return (
    <label className="field import-inline-field">
      <span className="field-label">{t('imports.file.otherSheet')}</span>
      <select
        className="import-select"
        value={format.sheet ?? ''}
        disabled={create.isPending}
        data-testid="import-sheet"
        onChange={(event) => {
          void switchTo(event.currentTarget.value);
        }}
      >
        {format.sheets.map((sheet) => (
          <option key={sheet} value={sheet}>
            {sheet}
          </option>
        ))}
      </select>
      {create.isPending ? <span className="row-note">{t('imports.start.reading')}</span> : null}
      {create.error === null ? null : <RefusalNotice error={create.error} />}
    </label>
  );
}
