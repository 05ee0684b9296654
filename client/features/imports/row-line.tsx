import { memo, useId } from 'react';
import type { FocusEvent, KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportReport, ImportRow } from '#server/features/imports/import-report.contract.ts';
import { CheckIcon } from '#client/ui/icons.tsx';
import { useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';
import { ChangesBeside } from './change-list.tsx';
import { CellNotes, PendingNote } from './cell-notes.tsx';
import { ChangeNotice } from './change-notice.tsx';
import { moveByKey } from './grid-keys.ts';
import { changesBeside } from './import-words.ts';
import { isOutdated, notesByColumn } from './columns.ts';
import type { TableColumn } from './columns.ts';
import type { RowSaving } from './use-row-saving.ts';

type Props = {
  readonly kind: ImportReport['kind'];
  readonly row: ImportRow;
  readonly columns: readonly TableColumn[];
  readonly canEdit: boolean;
  /** Unsaved cells of the row: header → content. */
  readonly edits: Readonly<Record<string, string>> | undefined;
  readonly isSaving: boolean;
  /** Why the last save of the row failed. */
  readonly error: Error | null;
  readonly onEdit: RowSaving['edit'];
  readonly onSave: RowSaving['save'];
};

/** One row of the file: its cells, what is wrong beside them, and what is wrong with it as a whole. */
export const RowLine = memo(function RowLine(props: Props) {
  const { kind, row, columns, canEdit, edits, isSaving, error, onEdit, onSave } = props;
  const { t } = useTranslation();
  const faults = notesByColumn(row.faults, columns);
  const warnings = notesByColumn(row.warnings, columns);
  const beside = changesBeside(row);
  const isFixed = row.fixed.length > 0 && row.faults.length === 0;
  // Leaving the row saves it, as Enter does: nothing stays behind unsaved.
  const onBlur = (event: FocusEvent<HTMLTableRowElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) void onSave(row.row);
  };
  const common = { row, canEdit, edits, isSaving, onEdit, onSave };
  return (
    <>
      <tr aria-busy={isSaving} data-status={row.status} onBlur={canEdit ? onBlur : undefined}>
        <th scope="row" className="import-row-number">
          <span className="import-row-short">{row.row}</span>
          <span className="import-row-long">{t('imports.rows.row', { row: row.row })}</span>
          {isFixed ? (
            <span className="import-fixed" title={t('imports.rows.fixed', { row: row.row })}>
              <CheckIcon size={14} />
              <span className="visually-hidden">{t('imports.rows.fixed', { row: row.row })}</span>
            </span>
          ) : null}
        </th>
        {columns.map((column) => (
          <Cell
            key={column.header}
            {...common}
            column={column}
            isOutdated={isOutdated(column, columns, { edits, isSaving })}
            faults={faults.cells.get(column.header) ?? []}
            warnings={warnings.cells.get(column.header) ?? []}
          />
        ))}
      </tr>
      {faults.row.length + warnings.row.length + beside.length > 0 || error !== null ? (
        <tr className="import-row-notes">
          <td colSpan={columns.length + 1}>
            <CellNotes faults={faults.row} warnings={warnings.row} withColumn />
            {beside.length > 0 ? <ChangesBeside kind={kind} changes={beside} /> : null}
            <ChangeNotice error={error} />
          </td>
        </tr>
      ) : null}
    </>
  );
});

type CellProps = Omit<Props, 'kind' | 'columns' | 'error'> & {
  readonly column: TableColumn;
  /** The cell is not what was judged: its old faults are not told any more. */
  readonly isOutdated: boolean;
  readonly faults: Readonly<ImportRow['faults']>;
  readonly warnings: Readonly<ImportRow['warnings']>;
};

function Cell(props: CellProps) {
  const { row, column, canEdit, edits, isSaving, isOutdated, onEdit, onSave } = props;
  const { t } = useTranslation();
  const lang = useLang();
  const id = useId();
  const { header } = column;
  const saved = row.cells[column.index] ?? '';
  const edited = edits?.[header];
  const faults = isOutdated ? [] : props.faults;
  const warnings = isOutdated ? [] : props.warnings;
  const hasNotes = isOutdated || faults.length + warnings.length > 0;
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    moveByKey(event);
    if (event.key === 'Enter') void onSave(row.row);
    if (event.key !== 'Escape') return;
    // Taken back; the page itself stays open.
    event.preventDefault();
    onEdit(row.row, { header, value: saved, saved });
  };
  return (
    <td
      className={`import-cell${faults.length > 0 ? ' has-fault' : ''}`}
      data-header={header}
      data-edited={edited !== undefined || undefined}
      data-fixed={row.fixed.includes(header) || undefined}
    >
      {canEdit ? (
        <input
          type="text"
          value={edited ?? saved}
          maxLength={32_767}
          size={Math.min(36, Math.max(8, saved.length + 2))}
          readOnly={isSaving}
          aria-label={t('imports.rows.cell', { row: row.row, header })}
          aria-invalid={faults.length > 0}
          aria-describedby={hasNotes ? id : undefined}
          title={faults.map(({ problem }) => nameIn(problem, lang)).join(' ')}
          onChange={(event) => onEdit(row.row, { header, value: event.currentTarget.value, saved })}
          onKeyDown={onKeyDown}
        />
      ) : (
        <span className="import-cell-text">{saved}</span>
      )}
      {hasNotes ? (
        <div id={id}>
          {isOutdated ? (
            <PendingNote isSaving={isSaving} faults={props.faults} />
          ) : (
            <CellNotes faults={faults} warnings={warnings} />
          )}
        </div>
      ) : null}
    </td>
  );
}
