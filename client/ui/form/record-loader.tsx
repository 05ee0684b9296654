import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecord } from '#client/api/edit.ts';
import type { RecordKind, RecordOf } from '#client/api/edit.ts';
import { ProblemNotice } from '#client/ui/problem-notice.tsx';
import { CardSkeleton } from '#client/ui/skeletons.tsx';
import { backToCard } from './edit-frame.tsx';

type Props<K extends RecordKind> = {
  readonly kind: K;
  readonly id: string;
  readonly children: (record: RecordOf<K>) => ReactNode;
};

/** Fetches the newest version of a record before its form is shown. */
export function RecordLoader<K extends RecordKind>({ kind, id, children }: Props<K>) {
  const { t } = useTranslation();
  const { data, error, refetch } = useRecord(kind, id);
  if (data !== undefined) return children(data);
  if (error === null) return <CardSkeleton />;
  return (
    <>
      <ProblemNotice error={error} onRetry={() => void refetch()} />
      <button type="button" className="button" onClick={() => backToCard()}>
        {t('form.cancel')}
      </button>
    </>
  );
}
