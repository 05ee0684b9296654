import { Menu, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EXPORT_LISTS, exportListNames } from '#server/domain/export-lists.ts';
import { exportHref, FILE_FORMS, listsFor } from '#client/api/exports.ts';
import type { ExportScope, FileForm, Searched } from '#client/api/exports.ts';
import { useMay } from '#client/state/session-store.ts';
import { useLang } from './use-format.ts';
import { nameIn } from './words.ts';

type Props = {
  readonly scope: ExportScope;
  readonly searched: Searched;
  /** Why there is nothing to hand out; null where there is. */
  readonly emptyReason: string | null;
  /** What the file leaves out or holds besides what the screen shows. */
  readonly hint?: string | null;
  /** What the button hands out, for those who only hear it; no two on a screen say the same. */
  readonly label: string;
  readonly testId: string;
  readonly className: string;
  readonly children: ReactNode;
};

/** A button that hands out lists of what is shown as files: the browser fetches and keeps them. */
export function ExportMenu({ emptyReason, className, children, ...rest }: Props) {
  const { testId, scope, searched, hint = null } = rest;
  const mayExport = useMay('exports.read');
  const label = emptyReason === null ? rest.label : `${rest.label} · ${emptyReason}`;
  if (!mayExport) return null;
  return (
    <Menu position="bottom-end" shadow="md" radius="md" width={340} withinPortal returnFocus>
      <Menu.Target>
        <button
          type="button"
          className={className}
          data-testid={testId}
          aria-label={label}
          title={label}
          disabled={emptyReason !== null}
        >
          {children}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Choice scope={scope} searched={searched} hint={hint} />
      </Menu.Dropdown>
    </Menu>
  );
}

const LABELS: Readonly<Record<FileForm, string>> = {
  xlsx: 'XLSX',
  csv: 'CSV',
  'csv-gb18030': 'CSV GB18030',
  geojson: 'GeoJSON',
};

function Choice({ scope, searched, hint }: Pick<Props, 'scope' | 'searched' | 'hint'>) {
  const { t } = useTranslation();
  const lang = useLang();
  const [form, setForm] = useState<FileForm>('xlsx');
  const offered = listsFor(form);
  return (
    <>
      <SegmentedControl
        className="export-forms"
        fullWidth
        size="xs"
        aria-label={t('exports.form')}
        value={form}
        onChange={(next) => setForm(FILE_FORMS.find((one) => one === next) ?? 'xlsx')}
        data={FILE_FORMS.map((value) => ({ value, label: LABELS[value] }))}
      />
      {EXPORT_LISTS.map((list) =>
        offered.includes(list) ? (
          <Menu.Item
            key={list}
            component="a"
            download
            href={exportHref(list, form, {
              scope,
              searched,
              language: lang === 'en' ? 'en' : 'zh',
            })}
            data-testid={`export-${list}`}
          >
            {nameIn(exportListNames[list], lang)}
          </Menu.Item>
        ) : (
          <Menu.Item key={list} disabled title={t('exports.noPlaces')}>
            {nameIn(exportListNames[list], lang)}
          </Menu.Item>
        ),
      )}
      {hint ? <p className="export-hint">{hint}</p> : null}
    </>
  );
}
