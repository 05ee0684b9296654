import type { LayerSpecification } from '@maplibre/maplibre-gl-style-spec';
import type { FeatureLike, Intent, LayerContext, LayerModule } from '#client/map/layer-module.ts';
import { regionFills } from './region-fills.ts';
import { regionLine, regionOutlines } from './region-lines.ts';
import { regionNames, regionRings } from './region-marks.ts';

/** Areas round the focus, or all cities. */
export const REGIONS = 'regions';
/** Children of the opened region, drawn in its place. */
export const REGIONS_INSIDE = 'regions-inside';

const PROMOTE = { regions: 'code', 'region-labels': 'code' };

/** The choropleth: areas in the colour of the roll-up rule, their outlines, names and rings. */
export const regionsLayer: LayerModule = {
  id: 'regions',
  requests: (context) => {
    const view = viewQuery(context);
    const { around, opened } = context.focus;
    const outer = {
      source: REGIONS,
      layer: 'regions',
      query: { ...view, ...(around === null ? {} : { region: around }) },
      promoteId: PROMOTE,
    } as const;
    if (opened === null) return [outer];
    const inner = { ...outer, source: REGIONS_INSIDE, query: { ...view, region: opened } };
    return [outer, inner];
  },
  layers: (context) => ({
    fill: both((source) => regionFills(source, context)),
    line: both((source) => [regionLine(source, context)]),
    outline: both((source) => regionOutlines(source, context)),
    label: both((source) => [regionNames(source, context)]),
    mark: both((source) => [regionRings(source, context)]),
  }),
  onClick: {
    regions: openRegion,
    'region-labels': openRegion,
  },
};

/** Query parameters that decide how areas are painted and counted. */
function viewQuery(context: LayerContext): Record<string, string> {
  const { rule, basis, colour, field, isPublic } = context;
  if (isPublic) return {};
  return { rule, basis, colour, ...(field === null ? {} : { field }) };
}

function both(
  make: (source: string) => readonly LayerSpecification[],
): readonly LayerSpecification[] {
  return [REGIONS, REGIONS_INSIDE].flatMap(make);
}

function openRegion({ properties }: FeatureLike): Intent | null {
  const code = properties['code'];
  return typeof code === 'string' ? { kind: 'node', node: { kind: 'region', code } } : null;
}
