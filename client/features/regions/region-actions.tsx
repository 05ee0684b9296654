import { useTranslation } from 'react-i18next';
import { useMay } from '#client/state/session-store.ts';
import { viewStore } from '#client/state/view-store.ts';
import { CardMenu, startEdit } from '#client/ui/card-menu.tsx';
import { ListIcon, PlusIcon, RestoreIcon } from '#client/ui/icons.tsx';
import { PageLink } from '#client/ui/page-link.tsx';

/** What can be added in a region, what its register still lacks, and what was deleted from it. */
export function RegionActions() {
  const { t } = useTranslation();
  const mayWrite = useMay('register.write');
  return (
    <div className="card-actions">
      {mayWrite ? (
        <CardMenu
          label={t('edit.add')}
          icon={<PlusIcon size={16} />}
          entries={[
            {
              id: 'add-enterprise',
              label: t('edit.addEnterprise'),
              run: () => startEdit({ kind: 'enterprise', id: null }),
            },
            {
              id: 'add-public-point',
              label: t('edit.addPublicPoint'),
              run: () => startEdit({ kind: 'risk-point', id: null, enterpriseId: null }),
            },
          ]}
        />
      ) : null}
      <PageLink to={{ kind: 'faults' }} className="button" data-testid="faults-link">
        <ListIcon size={16} /> {t('faults.open')}
      </PageLink>
      <CardMenu
        entries={[
          {
            id: 'deleted',
            label: t('deleted.open'),
            icon: <RestoreIcon size={16} />,
            run: () => viewStore.set({ page: { kind: 'deleted' } }, 'push'),
          },
        ]}
      />
    </div>
  );
}
