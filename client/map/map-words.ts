import type { TFunction } from 'i18next';
import { isLevel, isWorse } from '#server/domain/level.ts';
import type { Level } from '#server/domain/level.ts';
import { LEGEND_KEYS } from '#client/state/url-state.ts';
import type { Language, LegendKey } from '#client/state/url-state.ts';
import { levelName, lookOf, nameIn } from '#client/ui/words.ts';
import type { SeenFeature } from './seen-features.ts';

/** Name of a feature; a cell is called by how many points it holds. */
export function titleOf(feature: SeenFeature, t: TFunction, lang: Language): string {
  if (feature.kind !== 'cell') return nameIn({ zh: feature.nameZh, en: feature.nameEn }, lang);
  return t('map.cell', { count: pointsOf(feature) });
}

/** Level or state in words; empty for a cell, whose counts say more. */
export function levelWordsOf(feature: SeenFeature, t: TFunction, lang: Language): string {
  const { legendKey, state, isPending } = feature;
  if (feature.kind === 'cell') return '';
  if (legendKey !== null) {
    const { name } = lookOf(legendKey, lang);
    return isPending ? `${name} · ${t('level.pending')}` : name;
  }
  if (state === 'insufficient') return t('level.insufficient');
  if (state === 'withheld') return t('publication.withheld');
  return state === 'no_data' ? t('level.noData') : t('level.notGraded');
}

/** One line that says everything: name, level, counts. For lists and screen readers. */
export function lineOf(feature: SeenFeature, t: TFunction, lang: Language): string {
  const parts = [titleOf(feature, t, lang), levelWordsOf(feature, t, lang)];
  const { counts } = feature;
  if (counts !== null) {
    for (const key of LEGEND_KEYS) {
      if (counts[key] > 0) parts.push(`${lookOf(key, lang).name} ${counts[key]}`);
    }
  }
  return parts.filter((part) => part !== '').join(t('app.listSeparator'));
}

/** What the colour of a point does not say: a worse dynamic level, the level before it lapsed. */
export function remarksOn(
  { properties, legendKey, lastLevel }: SeenFeature,
  t: TFunction,
  lang: Language,
): readonly string[] {
  const dynamic = Number(properties['dynamic']);
  const isRaised = isLevel(dynamic) && isWorse(dynamic, levelOf(legendKey));
  return [
    ...(isRaised ? [t('map.raised', { level: levelName(dynamic, lang) })] : []),
    ...(isLevel(lastLevel) && legendKey === 'expired'
      ? [t('level.lastLevel', { level: levelName(lastLevel, lang) })]
      : []),
  ];
}

function levelOf(key: LegendKey | null): Level | null {
  const level = Number(key);
  return isLevel(level) ? level : null;
}

/** Points a cell stands for, the not applicable ones left out as everywhere. */
function pointsOf({ counts, total }: SeenFeature): number {
  if (counts === null) return total;
  const applicable = LEGEND_KEYS.filter((key) => key !== 'not_applicable').reduce(
    (sum, key) => sum + counts[key],
    0,
  );
  return applicable === 0 ? counts.not_applicable : applicable;
}

/** Metres as people say them: 870 m, 4.2 km, 310 km. */
export function lengthOf(metres: number, t: TFunction): string {
  if (metres < 1000) return t('map.metres', { count: Math.round(metres / 10) * 10 });
  const kilometres = metres / 1000;
  const count = kilometres < 10 ? Math.round(kilometres * 10) / 10 : Math.round(kilometres);
  return t('map.kilometres', { count });
}
