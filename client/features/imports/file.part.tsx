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
        summary={facts.map(({ line }) => line).join(' · ')}
        testId="import-file-part"
      >
        <Facts facts={facts.map(({ label, value }) => ({ label, value }))} />
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

/** Each fact by itself, and as part of the one line that sums them up; unknown ones are left out. */
function useFormatFacts(format: Format | null) {
  const { t } = useTranslation();
  if (format === null) return [];
  const delimiter = DELIMITERS[format.delimiter ?? ''];
  const separated = delimiter === undefined ? format.delimiter : t(`imports.file.${delimiter}`);
  const titles = format.titleRows.join(t('app.listSeparator'));
  const headers = format.headerRows.join(t('app.listSeparator'));
  return [
    fact(t('imports.file.form'), FORMS[format.kind]),
    fact(t('imports.file.encoding'), format.encoding?.toUpperCase()),
    fact(t('imports.file.delimiter'), separated),
    fact(t('imports.file.sheet'), format.sheet, (name) => t('imports.file.sheetName', { name })),
    fact(t('imports.file.titleRows'), titles, (rows) => t('imports.file.titleRowsAre', { rows })),
    fact(t('imports.file.headerRows'), headers, (rows) =>
      t('imports.file.headerRowsAre', { rows }),
    ),
  ].filter(({ value }) => value !== '');
}

function fact(label: string, value?: string | null, line: (value: string) => string = (it) => it) {
  return { label, value: value ?? '', line: line(value ?? '') };
}

type SheetProps = { readonly report: ImportReport; readonly format: Format };

/** Another sheet is another import: the file is sent once more and this import dropped. */
function SheetSwitch({ report, format }: SheetProps) {
  const { t } = useTranslation();
  const { create, send } = useSendFile();
  const cancel = useCancelImport();
  const known = sentFile(report.id);
  const others = format.sheets.filter((sheet) => sheet !== format.sheet);
  const isOpen = report.state === 'ready' || report.state === 'rejected';
  if (known === null || !isOpen) {
    return (
      <p className="why-hint">
        {t('imports.file.sheetsAre', { names: others.join(t('app.listSeparator')) })}{' '}
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
