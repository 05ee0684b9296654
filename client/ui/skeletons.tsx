import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The shape of a card while its first answer is on the way. */
export function CardSkeleton() {
  const { t } = useTranslation();
  return (
    <div className="card-skeleton">
      <output className="visually-hidden">{t('app.loading')}</output>
      <Skeleton height={28} width="55%" radius={6} />
      <Skeleton height={14} width="80%" radius={6} />
      <Skeleton height={10} radius={6} />
      <div className="card-skeleton-tiles">
        {[1, 2, 3, 4].map((tile) => (
          <Skeleton key={tile} height={54} radius={8} />
        ))}
      </div>
      <RowSkeletons rows={5} />
    </div>
  );
}

export function RowSkeletons({ rows }: { readonly rows: number }) {
  return (
    <div className="row-skeletons" aria-hidden="true">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="row-skeleton">
          <Skeleton height={28} width={28} radius={7} />
          <div>
            <Skeleton height={13} width="60%" radius={5} />
            <Skeleton height={7} mt={8} radius={4} />
          </div>
        </div>
      ))}
    </div>
  );
}
