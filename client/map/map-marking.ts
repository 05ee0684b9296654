import type { Map as MapLibreMap } from 'maplibre-gl';
import type { SeenFeature } from './seen-features.ts';

type Target = { readonly source: string; readonly sourceLayer: string; readonly id: string };
type Flag = 'hover' | 'selected';

/** Sets one feature-state flag on one thing at a time; the same region may be in two sources. */
export function createMarking(map: MapLibreMap, flag: Flag) {
  let marked: readonly Target[] = [];
  const write = (targets: readonly Target[], value: boolean) => {
    for (const target of targets) {
      if (map.getSource(target.source) !== undefined)
        map.setFeatureState(target, { [flag]: value });
    }
  };
  return (targets: readonly Target[]): void => {
    write(marked, false);
    write(targets, true);
    marked = targets;
  };
}

/** A region in every source that may draw it. */
export function regionTargets(code: string): readonly Target[] {
  return ['regions', 'regions-inside'].map((source) => ({
    source,
    sourceLayer: 'regions',
    id: code,
  }));
}

/** A single risk point. */
export function riskPointTargets(id: string): readonly Target[] {
  return [{ source: 'risk-points', sourceLayer: 'risk-points', id }];
}

/** What lights up when a feature is pointed at. */
export function targetsOf({ kind, id }: SeenFeature): readonly Target[] {
  if (kind === 'region') return regionTargets(id);
  if (kind === 'risk-point') return riskPointTargets(id);
  if (kind === 'cell') return [];
  return [{ source: 'enterprises', sourceLayer: 'enterprises', id }];
}
