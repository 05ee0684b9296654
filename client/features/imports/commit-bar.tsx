import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportReport } from '#server/features/imports/import-report.contract.ts';
import { useCommitImport } from '#client/api/imports.ts';
import { useStore } from '#client/state/store.ts';
import { useFormats } from '#client/ui/use-format.ts';
import { countEdits, editsOf } from './cell-edits.ts';
import { ChangeNotice } from './change-notice.tsx';
import { FaultyDownload } from './faulty-download.tsx';
import { goodRows, hasNothingNew, writtenEffects } from './import-words.ts';
import { allSaved } from './pending-saves.ts';

/** Always in sight: what would be written, what would be left out, and the way to write it. */
export function CommitBar({ report }: { readonly report: ImportReport }) {
  const { t } = useTranslation();
  const format = useFormats();
  const commit = useCommitImport(report.id);
  const store = editsOf(report.id);
  const unsaved = countEdits(useStore(store).edits);
  const [isWaiting, setWaiting] = useState(false);
  const [wasHeld, setHeld] = useState(false);
  const { faulty, rows, state } = report;
  const good = goodRows(report);
  const isBusy = commit.isPending || isWaiting || state === 'committing';
  const write = async () => {
    setWaiting(true);
    // The click has just left a cell: its correction is on its way.
    await allSaved(report.id);
    setWaiting(false);
    const isHeld = countEdits(store.get().edits) > 0;
    setHeld(isHeld);
    if (!isHeld) commit.mutate(faulty > 0);
  };
  const values = {
    rows: format.number(rows),
    good: format.number(good),
    faulty: format.number(faulty),
  };
  return (
    <footer className="import-commit" data-testid="import-commit-bar">
      <ChangeNotice error={commit.error} />
      {wasHeld && unsaved > 0 ? (
        <p className="import-unsaved" role="alert">
          {t('imports.commit.unsaved', { cells: unsaved })}
        </p>
      ) : null}
      <div className="import-commit-line">
        <CommitWords report={report} />
        {faulty > 0 ? <FaultyDownload id={report.id} /> : null}
        {hasNothingNew(report) ? null : (
          <button
            type="button"
            className="button button-primary"
            data-testid="import-commit"
            disabled={isBusy || good === 0}
            onClick={() => void write()}
          >
            {isBusy
              ? t('imports.commit.writing')
              : faulty === 0
                ? t('imports.commit.all', values)
                : t('imports.commit.good', values)}
          </button>
        )}
      </div>
    </footer>
  );
}

/** What writing comes to, by kind of record; nothing where the register holds the same already. */
function CommitWords({ report }: { readonly report: ImportReport }) {
  const { t } = useTranslation();
  const format = useFormats();
  const records = writtenEffects(report.effects).map(({ record, added, changed }) => {
    const effects = [
      ...(added > 0 ? [t('imports.commit.added', { count: format.number(added) })] : []),
      ...(changed > 0 ? [t('imports.commit.changed', { count: format.number(changed) })] : []),
    ];
    return t(`imports.commit.record.${record}`, { effects: effects.join(t('app.listSeparator')) });
  });
  return (
    <p className="import-commit-words" data-testid="import-effects">
      {goodRows(report) === 0
        ? t('imports.commit.none')
        : hasNothingNew(report)
          ? t(report.faulty > 0 ? 'imports.commit.sameRest' : 'imports.commit.same')
          : t('imports.commit.effect', { records: records.join(t('imports.commit.separator')) })}
    </p>
  );
}
