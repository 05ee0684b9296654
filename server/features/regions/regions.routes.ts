import { Router } from 'express';
import { cursorOf } from '#server/http/cursor.ts';
import { toFeatureCollection } from '#server/http/feature-collection.ts';
import { mount } from '#server/http/mount.ts';
import { ruleLabel } from '#server/domain/zoning/roll-up.ts';
import type { RollUp } from '#server/domain/zoning/roll-up.ts';
import {
  getRegion,
  getRegionSummary,
  getRegionWhy,
  listRegionChildren,
  listRegions,
} from './regions.contract.ts';
import type {
  Region as RegionAnswer,
  RegionSummary as SummaryAnswer,
  RegionWhy,
  RollUpResult,
} from './regions.contract.ts';
import type { Colour, RegionCounts } from './region-counts.store.ts';
import type { RegionReason, RegionsService, RegionSummary, RegionView } from './regions.service.ts';
import type { Region } from './regions.store.ts';

const cursor = cursorOf(['integer', 'text']);

export function regionRoutes(regions: RegionsService): Router {
  const router = Router();
  const list = async ({ query }: { query: ListQuery }) => {
    const { limit, depth, q } = query;
    const after = cursor.read(query.cursor);
    const found = await regions.list({ depth, text: q, after, limit: limit + 1 });
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const next = last && found.length > limit ? cursor.write([last.depthRank, last.code]) : null;
    return { items: page.map(toRegion), next };
  };
  mount(router, listRegions, list, {
    geojson: async ({ items, next }) => {
      const outlines = await regions.outlines(items.map(({ code }) => code));
      const placed = items.map((item) => ({ ...item, geometry: outlines.get(item.code) ?? null }));
      return toFeatureCollection(placed, next);
    },
  });
  mount(router, getRegion, async ({ params }) => toRegion(await regions.get(params.code)));
  mount(router, getRegionSummary, async ({ params, query }) =>
    toSummary(await regions.summary(params.code, toView(query)), query),
  );
  mount(router, listRegionChildren, async ({ params, query }) => {
    const children = await regions.children(params.code, toView(query));
    return { items: children.map((child) => toSummary(child, query)) };
  });
  mount(router, getRegionWhy, async ({ params, query }) =>
    toWhy(await regions.why(params.code, toView(query)), query),
  );
  return router;
}

type ListQuery = {
  readonly limit: number;
  readonly depth?: Region['depth'] | undefined;
  readonly q?: string | undefined;
  readonly cursor?: string | undefined;
};

type ViewQuery = {
  readonly rule?: RollUp['rule'] | undefined;
  readonly basis: RegionView['basis'];
  readonly colour: Colour;
  readonly field?: readonly string[] | undefined;
};

function toView({ rule, basis, colour, field }: ViewQuery): RegionView {
  return { rule: rule ?? null, basis, colour, fields: field ?? null };
}

function toRegion(region: Region): RegionAnswer {
  return {
    code: region.code,
    parentCode: region.parentCode,
    depth: region.depth,
    names: region.names,
    label: [...region.label],
    bbox: [...region.bbox],
    areaKm2: region.areaKm2,
    source: region.source,
    approvalNumber: region.approvalNumber,
    childDepth: region.childDepth,
    childCount: region.childCount,
    ancestors: [...region.ancestors],
  };
}

function toSummary(
  { region, counts, rollUp }: RegionSummary<Region>,
  { basis }: ViewQuery,
): SummaryAnswer {
  return {
    ...toRegion(region),
    basis,
    ...toCounts(counts),
    ...toRollUp(rollUp),
    enterprises: counts.enterprises,
  };
}

function toCounts({ points, subjects }: RegionCounts): RegionWhy['counts'] {
  const { s1, s2, s3, s4, sU, sExpired1 } = subjects;
  return { ...points, s1, s2, s3, s4, sU, sExpired1 };
}

/** The gate is a part of the weighted rule alone. */
function toRollUp(result: RollUp): RollUpResult {
  const { state, level, rule, w, wPlus, wPlusLevel, pending, gate, floor } = result;
  return {
    state,
    level,
    rule,
    ruleLabel: ruleLabel[rule],
    w,
    wPlus,
    wPlusLevel,
    pending,
    gate: rule === 'weighted' ? gate : null,
    floor: floor && { level: floor.level, count: floor.count, because: floor.because },
  };
}

function toWhy(reason: RegionReason, { basis }: ViewQuery): RegionWhy {
  const { code, names, depth } = reason.region;
  return {
    region: { code, names, depth },
    basis,
    rollUp: toRollUp(reason.rollUp),
    counts: toCounts(reason.counts),
    steps: reason.rollUp.reasons.map(({ id, zh, en }) => ({ id, text: { zh, en } })),
    worst: reason.worst.map((subject) => ({ ...subject, position: [...subject.position] })),
  };
}
