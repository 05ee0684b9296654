import { useTranslation } from 'react-i18next';
import type { ImportReport } from '#server/features/imports/import-report.contract.ts';
import { useImports } from '#client/api/imports.ts';
import { ProblemNotice } from '#client/ui/problem-notice.tsx';
import { Section } from '#client/ui/section.tsx';
import { RowSkeletons } from '#client/ui/skeletons.tsx';
import { useFormats } from '#client/ui/use-format.ts';
import { ImportLink } from './import-link.tsx';
import { StateChip } from './state-chip.tsx';

/** Imports made before, whatever became of them: each can be come back to. */
export function EarlierImports() {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useImports();
  return (
    <Section title={t('imports.list.title')}>
      {isPending ? <RowSkeletons rows={3} /> : null}
      {error !== null && data === undefined ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : null}
      {data?.items.length === 0 ? <p className="empty">{t('imports.list.empty')}</p> : null}
      <ul className="import-list" data-rows>
        {data?.items.map((item) => (
          <ImportRowLink key={item.id} item={item} />
        ))}
      </ul>
    </Section>
  );
}

function ImportRowLink({ item }: { readonly item: ImportReport }) {
  const { t } = useTranslation();
  const format = useFormats();
  const facts = [
    t(`imports.kind.${item.kind}.name`),
    t('imports.rowCount', { rows: format.number(item.rows) }),
    ...(item.faulty > 0 ? [t('imports.faultyCount', { rows: format.number(item.faulty) })] : []),
  ];
  return (
    <li>
      <ImportLink to={item.id} className="row" data-row data-testid={`import-${item.id}`}>
        <span className="row-body">
          <span className="row-title">{item.fileName ?? t('imports.unnamed')}</span>
          <span className="row-note">{facts.join(' · ')}</span>
        </span>
        <span className="row-aside">
          <StateChip state={item.state} />
          <span className="row-note">{format.dateTime(item.createdAt)}</span>
        </span>
      </ImportLink>
    </li>
  );
}
