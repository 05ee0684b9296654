import { useTranslation } from 'react-i18next';
import type { RiskPointDetail } from '#server/features/risk-points/risk-points.contract.ts';
import { useParentNode } from '#client/api/crumbs.ts';
import { deletionStore } from '#client/state/deletion-store.ts';
import { useMay } from '#client/state/session-store.ts';
import { uiStore } from '#client/state/ui-store.ts';
import { viewStore } from '#client/state/view-store.ts';
import { CardMenu, startEdit } from '#client/ui/card-menu.tsx';
import { PencilIcon, PlusIcon, TrashIcon } from '#client/ui/icons.tsx';
import { useFormats, useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';

/** What can be done with a risk point: assess, edit, add to it, delete it. */
export function RiskPointActions({ point }: { readonly point: RiskPointDetail }) {
  const { t } = useTranslation();
  const enterpriseId = point.enterprise?.id ?? null;
  const remove = useRemoval(point);
  const riskPointId = point.id;
  const mayAssess = useMay('assessments.write');
  const mayWrite = useMay('register.write');
  if (!mayAssess && !mayWrite) return null;
  return (
    <div className="card-actions">
      {mayAssess ? (
        <button
          type="button"
          className="button button-primary"
          data-testid="assess-button"
          onClick={() => uiStore.set({ isFormOpen: true })}
        >
          {t('riskPoint.assess')}
        </button>
      ) : null}
      {mayWrite ? (
        <>
          <button
            type="button"
            className="button"
            data-testid="edit-button"
            onClick={() => startEdit({ kind: 'risk-point', id: point.id, enterpriseId })}
          >
            <PencilIcon size={16} /> {t('edit.change')}
          </button>
          <WriteMenu riskPointId={riskPointId} remove={remove} />
        </>
      ) : null}
    </div>
  );
}

type MenuProps = { readonly riskPointId: string; readonly remove: () => void };

/** What can be added to the point, and its deletion. */
function WriteMenu({ riskPointId, remove }: MenuProps) {
  const { t } = useTranslation();
  return (
    <CardMenu
      entries={[
        {
          id: 'add-hazard-source',
          label: t('edit.addHazardSource'),
          icon: <PlusIcon size={16} />,
          run: () => startEdit({ kind: 'hazard-source', id: null, riskPointId }),
        },
        {
          id: 'add-measure',
          label: t('edit.addMeasure'),
          icon: <PlusIcon size={16} />,
          run: () => startEdit({ kind: 'measure', id: null, riskPointId }),
        },
        {
          id: 'delete',
          label: t('edit.remove'),
          icon: <TrashIcon size={16} />,
          run: remove,
        },
      ]}
    />
  );
}

/** Asks before the deletion; afterwards the card above it is shown, and an undo leads back. */
function useRemoval(point: RiskPointDetail): () => void {
  const { t } = useTranslation();
  const format = useFormats();
  const lang = useLang();
  const node = { kind: 'risk-point', id: point.id } as const;
  const parent = useParentNode(node);
  const { hazardSources, measures: listed } = point;
  const [sources, measures] = [hazardSources.length, listed.length];
  return () =>
    deletionStore.set({
      asked: {
        kind: 'risk-point',
        id: point.id,
        version: point.version,
        name: nameIn(point.names, lang),
        along: t(`edit.delete.${alongOf(sources, measures)}`, {
          sources: format.number(sources),
          measures: format.number(measures),
        }),
        onGone: () => {
          if (parent !== null) viewStore.set({ node: parent }, 'replace');
        },
        onBack: () => viewStore.set({ node }, 'push'),
      },
    });
}

/** The sentence on what goes along with a point: what there is none of is not named. */
function alongOf(sources: number, measures: number) {
  if (sources > 0) return measures > 0 ? 'alongPoint' : 'alongSources';
  return measures > 0 ? 'alongMeasures' : 'alongNothing';
}
