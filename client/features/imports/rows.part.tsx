import { Tabs } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportReport } from '#server/features/imports/import-report.contract.ts';
import { ROW_TABS } from '#client/state/url-state.ts';
import type { RowTab } from '#client/state/url-state.ts';
import { useViewPart } from '#client/state/view-store.ts';
import { useFormats } from '#client/ui/use-format.ts';
import { changesOthers, firstTab, writtenTab } from './import-words.ts';
import { openTab } from './leaving.ts';
import { MissingList } from './missing-list.tsx';
import { RowPages } from './row-pages.tsx';

/** The rows by what writing them would do, with the counts on the tabs. */
export function RowsPart({ report }: { readonly report: ImportReport }) {
  const { t } = useTranslation();
  const format = useFormats();
  const asked = useViewPart((view) => (view.page?.kind === 'imports' ? view.page.rows : null));
  // Chosen once: when the last fault is corrected, its row stays in sight.
  const [first] = useState(() => firstTab(report));
  const tab = asked ?? (report.state === 'committed' ? writtenTab(report) : first);
  const counts = ROW_TABS.map(
    (each) => `${t(`imports.tab.${each}`)} ${format.number(report[each])}`,
  );
  return (
    <section className="import-rows" aria-label={t('imports.rows.title')}>
      <output className="visually-hidden" data-testid="import-counts">
        {counts.join(t('app.listSeparator'))}
      </output>
      <Tabs
        value={tab}
        onChange={(next) => openTab(ROW_TABS.find((each) => each === next) ?? tab)}
        keepMounted={false}
      >
        <Tabs.List className="tabs import-tabs">
          {ROW_TABS.map((each) => (
            <Tabs.Tab
              key={each}
              value={each}
              data-testid={`import-tab-${each}`}
              data-empty={report[each] === 0 || undefined}
            >
              {t(`imports.tab.${each}`)}{' '}
              <span className="tab-count">{format.number(report[each])}</span>
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {ROW_TABS.map((each) => (
          <Tabs.Panel key={each} value={each}>
            <TabBody report={report} tab={each} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </section>
  );
}

/** What stands over the rows of a tab: where a text is not true any more, another one. */
function textOf(report: ImportReport, tab: RowTab) {
  if (report.state === 'committed') return `tabDone.${tab}` as const;
  if (tab === 'new' && changesOthers(report)) return 'tabText.newBeside' as const;
  // The rows that were corrected stay in sight.
  if (tab === 'faulty' && report.faulty === 0) return 'tabText.faultyMended' as const;
  return `tabText.${tab}` as const;
}

function TabBody({ report, tab }: { readonly report: ImportReport; readonly tab: RowTab }) {
  const { t } = useTranslation();
  return (
    <>
      <p className="import-tab-text">{t(`imports.${textOf(report, tab)}`)}</p>
      {tab === 'missing' ? (
        <MissingList id={report.id} />
      ) : (
        <RowPages report={report} status={tab} />
      )}
    </>
  );
}
