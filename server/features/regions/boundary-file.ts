import gjv from 'geojson-validation';
import type { Bilingual } from '#server/domain/bilingual.ts';
import { RuleViolationError } from '#server/domain/errors.ts';
import type { Fault } from '#server/domain/errors.ts';
import { checkGeometry, MAX_VERTICES_PER_FILE } from '#server/domain/geometry/check-geometry.ts';
import { parentCodeOf, regionDepth } from '#server/domain/identifiers/region-code.ts';
import type { RegionDepth } from '#server/domain/identifiers/region-code.ts';

/** One region as a boundary file describes it. */
export type RegionDraft = {
  readonly code: string;
  readonly depth: RegionDepth;
  /** Codes to try as parent, the nearest first. */
  readonly parents: readonly string[];
  readonly nameZh: string;
  readonly nameEn: string | null;
  /** [lon, lat], WGS 84, where the file names a label point. */
  readonly label: readonly [number, number] | null;
  /** Polygon or MultiPolygon, WGS 84. */
  readonly geometry: Readonly<Record<string, unknown>>;
};

/** Names of the level in property names that boundary files use. */
const LEVEL_WORDS: Readonly<Record<RegionDepth, readonly string[]>> = {
  province: ['province'],
  city: ['city'],
  county: ['county', 'district'],
  township: ['township', 'town'],
  village: ['village'],
};

const DEPTH_NAMES: Readonly<Record<RegionDepth, string>> = {
  province: '省级',
  city: '地级',
  county: '县级',
  township: '乡级',
  village: '村级',
};

export const UNUSABLE_FILE: Bilingual = {
  zh: '边界文件不能使用。',
  en: 'The boundary file cannot be used.',
};
const NO_FEATURES: Bilingual = {
  zh: '应为 GeoJSON FeatureCollection，且至少有一个要素。',
  en: 'Must be a GeoJSON FeatureCollection with at least one feature.',
};
const NO_FEATURE: Bilingual = { zh: '不是 GeoJSON 要素。', en: 'Is not a GeoJSON feature.' };
const NO_AREA: Bilingual = {
  zh: '应为 Polygon 或 MultiPolygon。',
  en: 'Must be a Polygon or MultiPolygon.',
};
const NO_NAME: Bilingual = { zh: '没有名称。', en: 'Has no name.' };

type Properties = Readonly<Record<string, unknown>>;

/**
 * Reads a GeoJSON FeatureCollection of regions of one depth. Known property names: `code`, `adcode`,
 * `<level>_adcode`; `name_zh`, `name`, `<level>_name`; `name_en`; `label` or `label_lon`/`label_lat`; `parent`,
 * `<level above>_adcode`. Throws RuleViolationError with every fault.
 */
export function readBoundaryFile(file: unknown, depth: RegionDepth): readonly RegionDraft[] {
  const features = (file as { features?: unknown } | null)?.features;
  if (!Array.isArray(features) || features.length === 0) {
    refuse([{ pointer: '', detail: NO_FEATURES }]);
  }
  const faults: Fault[] = [];
  let vertices = 0;
  const drafts = (features as unknown[]).map((feature, index) => {
    const read = readFeature(feature, depth, `/features/${index}`);
    vertices += read.vertices;
    faults.push(...read.faults);
    return read.draft;
  });
  if (vertices > MAX_VERTICES_PER_FILE) {
    const detail = {
      zh: `文件有 ${vertices} 个坐标点，最多接受 ${MAX_VERTICES_PER_FILE} 个。`,
      en: `The file has ${vertices} positions; at most ${MAX_VERTICES_PER_FILE} are taken.`,
    };
    faults.push({ pointer: '', detail });
  }
  faults.push(...repeatedCodes(drafts));
  if (faults.length > 0) refuse(faults);
  return drafts;
}

function refuse(faults: readonly Fault[]): never {
  throw new RuleViolationError(UNUSABLE_FILE, faults);
}

function readFeature(feature: unknown, depth: RegionDepth, pointer: string) {
  const { properties, geometry } = (feature ?? {}) as {
    properties?: Properties;
    geometry?: unknown;
  };
  const draft = readProperties(properties ?? {}, geometry, depth);
  const { faults, vertices } = checkGeometry(geometry, `${pointer}/geometry`);
  const all: Fault[] = [...faults];
  // geojson-validation only adds: it passes what our own checks refuse, never the other way round.
  if (faults.length === 0 && !gjv.isFeature(feature)) {
    all.push({ pointer, detail: NO_FEATURE });
  }
  const type = (geometry as { type?: unknown } | null)?.type;
  if (faults.length === 0 && type !== 'Polygon' && type !== 'MultiPolygon') {
    all.push({ pointer: `${pointer}/geometry/type`, detail: NO_AREA });
  }
  if (regionDepth(draft.code) !== depth) {
    const detail = {
      zh: `“${draft.code}”不是${DEPTH_NAMES[depth]}的代码（GB/T 2260）。`,
      en: `“${draft.code}” is not the code of a ${depth} (GB/T 2260).`,
    };
    all.push({ pointer: `${pointer}/properties`, detail });
  }
  if (draft.nameZh === '') all.push({ pointer: `${pointer}/properties`, detail: NO_NAME });
  return { draft, faults: all, vertices };
}

function readProperties(
  properties: Properties,
  geometry: unknown,
  depth: RegionDepth,
): RegionDraft {
  const words = LEVEL_WORDS[depth];
  const pick = (keys: readonly string[]): string => {
    const key = keys.find((name) => properties[name] !== undefined && properties[name] !== null);
    const value = key === undefined ? '' : properties[key];
    return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  };
  const own = words.flatMap((word) => [`${word}_adcode`, `${word}_code`]);
  const code = pick([...own, 'code', 'adcode']);
  const above = pick(['parent', 'parent_code']);
  return {
    code,
    depth,
    parents: [...(above ? [above] : []), ...parentsByCode(code)],
    nameZh: pick([...words.map((word) => `${word}_name`), 'name_zh', 'name']),
    nameEn: pick(['name_en']) || null,
    label: readLabel(properties),
    geometry: geometry as Readonly<Record<string, unknown>>,
  };
}

/** A county may lie straight below its province, so the next ones up are tried too. */
function parentsByCode(code: string): readonly string[] {
  const parents: string[] = [];
  for (let next = parentCodeOf(code); next !== null; next = parentCodeOf(next)) parents.push(next);
  return parents;
}

function readLabel(properties: Properties): readonly [number, number] | null {
  const pair = Array.isArray(properties['label'])
    ? (properties['label'] as unknown[])
    : [properties['label_lon'], properties['label_lat']];
  const [lon, lat] = pair;
  return typeof lon === 'number' && typeof lat === 'number' ? [lon, lat] : null;
}

function repeatedCodes(drafts: readonly RegionDraft[]): readonly Fault[] {
  const seen = new Set<string>();
  return drafts.flatMap(({ code }, index) => {
    if (!seen.has(code)) {
      seen.add(code);
      return [];
    }
    return [
      {
        pointer: `/features/${index}/properties`,
        detail: { zh: `代码 ${code} 在文件中重复。`, en: `Code ${code} stands twice in the file.` },
      },
    ];
  });
}
