import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { registerFaultNames } from '#server/domain/register-faults.ts';
import type { RegisterFaultKind } from '#server/domain/register-faults.ts';
import { useCrumbs } from '#client/api/crumbs.ts';
import { useFaultCounts, useRegisterFaults } from '#client/api/register-faults.ts';
import type { FaultsWithin } from '#client/api/register-faults.ts';
import { useViewPart } from '#client/state/view-store.ts';
import type { ViewNode } from '#client/state/url-state.ts';
import { PageLink } from '#client/ui/page-link.tsx';
import { PagedList } from '#client/ui/paged-list.tsx';
import { SidePage } from '#client/ui/side-page.tsx';
import { useFormats, useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';
import { FaultRow } from './fault-row.tsx';
import './faults.css';

/** From here on the service counts no further. */
const MOST_COUNTED = 10_000;

/** What is wrong or missing in the register of the region or enterprise that the map is about. */
export function FaultsPanel() {
  const { t } = useTranslation();
  const lang = useLang();
  const node = useViewPart((view) => view.node);
  const crumbs = useCrumbs(node);
  const [kind, setKind] = useState<RegisterFaultKind | null>(null);
  const within = withinOf(node, crumbs.findLast((crumb) => crumb.node.kind === 'enterprise')?.node);
  const names = (node.kind === 'risk-point' ? crumbs.at(-2) : crumbs.at(-1))?.names;
  const place = names === undefined ? '' : nameIn(names, lang);
  return (
    <SidePage page="faults" place={place}>
      <p className="faults-more">
        <PageLink to={{ kind: 'deleted' }} className="link" data-testid="deleted-link">
          {t('deleted.open')}
        </PageLink>
      </p>
      <KindFilter within={within} kind={kind} onChange={setKind} />
      <FaultList within={within} kind={kind} place={place} />
    </SidePage>
  );
}

/** A risk point is looked at together with its enterprise. */
function withinOf(node: ViewNode, owner: ViewNode | undefined): FaultsWithin {
  if (node.kind === 'region') return { region: node.code };
  const enterprise = node.kind === 'enterprise' ? node : owner;
  return { enterprise: enterprise?.kind === 'enterprise' ? enterprise.id : node.id };
}

type FilterProps = {
  readonly within: FaultsWithin;
  readonly kind: RegisterFaultKind | null;
  readonly onChange: (kind: RegisterFaultKind | null) => void;
};

/** Kinds that occur, each with its count, the gravest first. */
function KindFilter({ within, kind, onChange }: FilterProps) {
  const { t } = useTranslation();
  const lang = useLang();
  const format = useFormats();
  const counts = (useFaultCounts(within) ?? []).filter(({ n }) => n > 0);
  if (counts.length === 0) return null;
  const countText = (n: number) =>
    n >= MOST_COUNTED
      ? t('faults.atLeast', { number: format.number(MOST_COUNTED) })
      : format.number(n);
  return (
    <div className="fault-kinds" role="group" aria-label={t('faults.kinds')}>
      <button
        type="button"
        className="scope-choice"
        aria-pressed={kind === null}
        onClick={() => onChange(null)}
      >
        {t('faults.all')}
      </button>
      {counts.map((each) => (
        <button
          key={each.kind}
          type="button"
          className="scope-choice"
          data-testid={`fault-kind-${each.kind}`}
          aria-pressed={kind === each.kind}
          onClick={() => onChange(kind === each.kind ? null : each.kind)}
        >
          {nameIn(registerFaultNames[each.kind], lang)}{' '}
          <span className="tab-count">{countText(each.n)}</span>
        </button>
      ))}
    </div>
  );
}

type ListProps = {
  readonly within: FaultsWithin;
  readonly kind: RegisterFaultKind | null;
  readonly place: string;
};

function FaultList({ within, kind, place }: ListProps) {
  const { t } = useTranslation();
  const query = useRegisterFaults(within, kind);
  const items = (query.data?.pages ?? []).flatMap((page) => page.items);
  const startsKind = new Set(items.filter((item, index) => item.kind !== items[index - 1]?.kind));
  return (
    <PagedList
      query={query}
      isShown={() => true}
      renderRow={(item) => (
        <FaultRow
          key={`${item.kind}-${item.subject.id}`}
          fault={item}
          startsKind={startsKind.has(item)}
        />
      )}
      empty={
        <p className="empty">
          {kind === null ? t('faults.none', { region: place }) : t('faults.noneKind')}
        </p>
      }
    />
  );
}
