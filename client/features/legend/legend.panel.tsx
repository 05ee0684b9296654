import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNodeCounts } from '#client/api/node-counts.ts';
import { useAbout } from '#client/api/queries.ts';
import { LEGEND_KEYS } from '#client/state/url-state.ts';
import { useSeesPart } from '#client/state/session-store.ts';
import { useViewPart, viewStore } from '#client/state/view-store.ts';
import { Name } from '#client/ui/name.tsx';
import { useFormats } from '#client/ui/use-format.ts';
import { countOf } from '#client/ui/words.ts';
import { LegendRow } from './legend-row.tsx';

/** The key to the map, which is also its filter: classes, counts, rule, basis and data time. */
export function LegendPanel() {
  const { t } = useTranslation();
  const node = useViewPart((view) => view.node);
  const hide = useViewPart((view) => view.hide);
  const known = useNodeCounts(node);
  return (
    <div className="legend" data-testid="legend">
      <div className="legend-head">
        <h2 className="legend-title">{t('legend.title')}</h2>
        <button
          type="button"
          className="link"
          title={t('legend.allHint')}
          disabled={hide.length === 0}
          onClick={() => viewStore.set({ hide: [] }, 'replace')}
        >
          {t('legend.all')}
        </button>
      </div>
      {known === null ? null : (
        <p className="legend-scope">
          <Name of={known.names} /> · {t('count.label')}
        </p>
      )}
      <ul className="legend-rows" aria-label={`${t('legend.title')}. ${t('legend.keyboard')}`}>
        {LEGEND_KEYS.map((key) => (
          <LegendRow
            key={key}
            of={key}
            count={known === null ? null : countOf(known.counts, key)}
            isHidden={hide.includes(key)}
          />
        ))}
      </ul>
      <RuleSwitch />
      <ColourChoice />
      <LegendFoot />
    </div>
  );
}

function RuleSwitch() {
  const { t } = useTranslation();
  const rule = useViewPart((view) => view.rule);
  return (
    <SegmentedControl
      className="rule-switch"
      fullWidth
      aria-label={t('rule.label')}
      value={rule}
      onChange={(next) =>
        viewStore.set({ rule: next === 'highest' ? 'highest' : 'weighted' }, 'replace')
      }
      data={[
        {
          value: 'weighted',
          label: (
            <span data-testid="rule-weighted" title={t('rule.weightedHint')}>
              {t('rule.weighted')}
            </span>
          ),
        },
        {
          value: 'highest',
          label: (
            <span data-testid="rule-highest" title={t('rule.highestHint')}>
              {t('rule.highest')}
            </span>
          ),
        },
      ]}
    />
  );
}

/** Assessed level, or the dynamic one after the raising rules. */
function ColourChoice() {
  const { t } = useTranslation();
  const colour = useViewPart((view) => view.colour);
  return (
    <label className="colour-choice" title={t('controls.colourHint')}>
      {t('controls.colour')}
      <select
        value={colour}
        data-testid="colour-select"
        onChange={(event) =>
          viewStore.set(
            { colour: event.currentTarget.value === 'dynamic' ? 'dynamic' : 'assessed' },
            'replace',
          )
        }
      >
        <option value="assessed">{t('controls.assessed')}</option>
        <option value="dynamic">{t('controls.dynamic')}</option>
      </select>
    </label>
  );
}

/** What the colours mean, in full: the rule's legal name, the basis, the time of the data. */
function LegendFoot() {
  const { t } = useTranslation();
  const format = useFormats();
  const node = useViewPart((view) => view.node);
  const rule = useViewPart((view) => view.rule);
  const basis = useViewPart((view) => view.basis);
  const colour = useViewPart((view) => view.colour);
  const dataTime = useAbout().data?.dataTime;
  const label = useNodeCounts(node)?.rollUp;
  const seesPart = useSeesPart();
  return (
    <div className="legend-foot">
      <p data-testid="legend-rule">
        {label != null && label.rule === rule ? (
          <Name of={label.ruleLabel} />
        ) : (
          t(rule === 'weighted' ? 'rule.weightedName' : 'rule.highestName')
        )}
      </p>
      <p>
        {t('legend.basis', { basis: t(`controls.${basis}`) })}
        {dataTime === undefined ? null : (
          <> · {t('legend.dataTime', { time: format.dateTime(dataTime) })}</>
        )}
      </p>
      {seesPart ? (
        <p className="legend-emphasis" data-testid="legend-limit">
          {t('legend.limited')}
        </p>
      ) : null}
      {colour === 'dynamic' ? <p className="legend-emphasis">{t('legend.dynamic')}</p> : null}
    </div>
  );
}
