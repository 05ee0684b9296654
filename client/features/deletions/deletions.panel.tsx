import { useTranslation } from 'react-i18next';
import { useCrumbs } from '#client/api/crumbs.ts';
import { useDeletions } from '#client/api/deletions.ts';
import { useViewPart } from '#client/state/view-store.ts';
import { PagedList } from '#client/ui/paged-list.tsx';
import { SidePage } from '#client/ui/side-page.tsx';
import { useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';
import { DeletedRow } from './deleted-row.tsx';
import './deletions.css';

/** What was deleted in the region that the map is about, to bring it back. */
export function DeletionsPanel() {
  const { t } = useTranslation();
  const lang = useLang();
  const node = useViewPart((view) => view.node);
  const crumb = useCrumbs(node).findLast((each) => each.node.kind === 'region');
  const at = node.kind === 'region' ? node : crumb?.node;
  const place = crumb === undefined ? '' : nameIn(crumb.names, lang);
  return (
    <SidePage page="deleted" place={place}>
      <div className="deleted-list">
        <PagedList
          query={useDeletions(at?.kind === 'region' ? at.code : undefined)}
          isShown={() => true}
          renderRow={(record) => <DeletedRow key={record.id} record={record} />}
          empty={<p className="empty">{t('deleted.none', { region: place })}</p>}
        />
      </div>
    </SidePage>
  );
}
