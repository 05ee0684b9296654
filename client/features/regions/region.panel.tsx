import { Tabs } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegionSummary } from '#server/features/regions/regions.contract.ts';
import { useRegionSummary } from '#client/api/queries.ts';
import { useStore } from '#client/state/store.ts';
import { uiStore } from '#client/state/ui-store.ts';
import type { RegionTab } from '#client/state/ui-store.ts';
import { CardHead } from '#client/ui/card-head.tsx';
import { Counts } from '#client/ui/counts.tsx';
import { RegionChip } from '#client/ui/level-chip.tsx';
import { ProblemNotice } from '#client/ui/problem-notice.tsx';
import { CardSkeleton } from '#client/ui/skeletons.tsx';
import { EnterpriseList, RiskPointList } from '#client/ui/subject-lists.tsx';
import { useFormats } from '#client/ui/use-format.ts';
import { RegionActions } from './region-actions.tsx';
import { RegionList } from './region-list.tsx';
import { RegionWhyView } from './region-why.tsx';
import { RollUpFacts } from './roll-up-facts.tsx';

/** Card of a region: its colour under the named rule, its counts, and the way down. */
export function RegionPanel({ code }: { readonly code: string }) {
  const { data, error, refetch, isPlaceholderData } = useRegionSummary(code);
  const { isWhyOpen } = useStore(uiStore);
  if (error !== null && data === undefined) {
    return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) return <CardSkeleton />;
  const isGraded = data.level !== null;
  return (
    <div className={isPlaceholderData ? 'is-refreshing' : undefined}>
      <CardHead
        names={data.names}
        chip={<RegionChip rollUp={data} />}
        canAskWhy={isGraded || data.state !== 'assessed'}
        counts={data}
      />
      <RollUpFacts rollUp={data} />
      <RegionActions />
      {isWhyOpen ? <RegionWhyView code={code} isGraded={isGraded} /> : null}
      <Counts counts={data} />
      <RegionTabs region={data} />
    </div>
  );
}

/** Wished for once, and of this region: another one opens with its usual list. */
function listWantedOf(code: string) {
  const { wantsList } = uiStore.get();
  return wantsList?.region === code ? wantsList : null;
}

function RegionTabs({ region }: { readonly region: RegionSummary }) {
  const { t } = useTranslation();
  const format = useFormats();
  const [wanted] = useState(() => listWantedOf(region.code));
  const [chosen, setChosen] = useState(wanted?.tab ?? null);
  const [box, setBox] = useState(wanted?.box ?? null);
  useEffect(() => uiStore.set({ wantsList: null }), []);
  const tab = chosen ?? (region.childCount > 0 ? 'regions' : 'enterprises');
  const points = region.total + region.nNotApplicable;
  return (
    <Tabs value={tab} onChange={(next) => setChosen(next as RegionTab)} keepMounted={false}>
      <Tabs.List className="tabs">
        {region.childCount > 0 ? (
          <Tabs.Tab value="regions">
            {t('region.children')} <TabCount of={format.number(region.childCount)} />
          </Tabs.Tab>
        ) : null}
        <Tabs.Tab value="enterprises">
          {t('region.enterprises')} <TabCount of={format.number(region.enterprises)} />
        </Tabs.Tab>
        <Tabs.Tab value="risk-points">
          {t('region.riskPoints')} <TabCount of={format.number(points)} />
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="regions">
        <RegionList parent={region.code} />
      </Tabs.Panel>
      <Tabs.Panel value="enterprises">
        <EnterpriseList region={region.code} />
      </Tabs.Panel>
      <Tabs.Panel value="risk-points">
        {box === null ? null : (
          <p className="filter-notes" data-testid="list-box">
            <span>{t('list.imported')}</span>
            <button type="button" className="link" onClick={() => setBox(null)}>
              {t('list.whole')}
            </button>
          </p>
        )}
        <RiskPointList within={{ region: region.code, bbox: box ?? undefined }} withOwner />
      </Tabs.Panel>
    </Tabs>
  );
}

function TabCount({ of: count }: { readonly of: string }) {
  return <span className="tab-count">{count}</span>;
}
