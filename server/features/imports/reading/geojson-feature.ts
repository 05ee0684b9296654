import { cellText } from './cell-text.ts';
import { broken } from './refusal.ts';
import { checkPropertyName } from './unsafe-names.ts';

/** One feature: its properties as texts in order, by name, and its unchecked geometry. */
export type Feature = {
  readonly properties: readonly (readonly [string, string | null])[];
  readonly geometry: unknown;
};

/** Parses one feature's JSON. `id` of the feature itself counts as a property unless there is one. */
export function parseFeature(json: Buffer, row: number, cellChars: number): Feature {
  const feature = parsedObject(json);
  if (feature === undefined) throw notJson(row);
  if (feature['type'] !== 'Feature') throw noFeature(row);
  const { properties, geometry, id } = feature;
  if (properties !== null && properties !== undefined && !isObject(properties))
    throw noFeature(row);
  const named = Object.entries(properties ?? {});
  for (const [name] of named) checkPropertyName(name, row);
  const own = named.some(([name]) => name === 'id') || id === undefined || id === null;
  return {
    properties: [...(own ? [] : [['id', id] as const]), ...named].map(
      ([name, value]) => [name, propertyText(value, row, name, cellChars)] as const,
    ),
    geometry,
  };
}

/** The object that some UTF-8 JSON stands for; undefined when it is none. */
export function parsedObject(json: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function propertyText(value: unknown, row: number, name: string, limit: number): string | null {
  const place = { row, column: name.slice(0, 80) };
  return cellText(rawText(value, place), limit, () => place);
}

function rawText(value: unknown, place: { row: number; column: string }): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'object') return JSON.stringify(value);
  const number = Number(value);
  if (Number.isInteger(number) ? Number.isSafeInteger(number) : Number.isFinite(number)) {
    return String(number);
  }
  throw inexactNumber(place);
}

function notJson(row: number): Error {
  return broken(
    `第 ${row} 个要素不是合法的 JSON（如 NaN、Infinity、多余的逗号，或不是 UTF-8）。`,
    `Feature ${row} is not valid JSON (NaN, Infinity, a comma too many, or not UTF-8).`,
    { row },
  );
}

function noFeature(row: number): Error {
  return broken(
    `第 ${row} 项不是 GeoJSON 要素（type 应为 "Feature"，properties 应为对象）。`,
    `Item ${row} is no GeoJSON feature (its type must be "Feature", its properties an object).`,
    { row },
  );
}

function inexactNumber({ row, column }: { row: number; column: string }): Error {
  return broken(
    `第 ${row} 个要素的“${column}”是超出精度的数字（超过 15 位的编码请写成文本）。`,
    `"${column}" of feature ${row} is a number beyond exact range (write codes of more than 15 digits as text).`,
    { row, column },
  );
}
