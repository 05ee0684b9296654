import { valueText } from './import-words.ts';

/** Fields of records that a change can be about; other names are attributes of the record. */
export const CHANGE_FIELDS = [
  'nameZh',
  'nameEn',
  'code',
  'uscc',
  'usccReason',
  'lifecycle',
  'kind',
  'fields',
  'category',
  'industry',
  'address',
  'principalPost',
  'principalName',
  'controlLevel',
  'department',
  'post',
  'person',
  'location',
  'accidentTypes',
  'place',
  'regionCode',
  'enterprise',
  'inputs',
  'version',
] as const;
export type ChangeField = (typeof CHANGE_FIELDS)[number];

/** The field by name; null for an attribute, whose name is what stands after `attributes.`. */
export function changeField(field: string): ChangeField | null {
  return CHANGE_FIELDS.find((known) => known === field) ?? null;
}

/** Name of an attribute as the file has it. */
export function attributeName(field: string): string {
  return field.replace(/^attributes\./, '');
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether the register holds a record there whose name is not told. */
export function isRecordId(value: unknown): boolean {
  return typeof value === 'string' && UUID.test(value);
}

/** A place or a set of factor values as people write them; other values as they are. Null: nothing. */
export function contentText(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return valueText(value);
  if ('coordinates' in value && 'type' in value) return geometryText(value);
  return Object.entries(value)
    .map(([name, each]) => `${name} = ${valueText(each) ?? ''}`)
    .join(', ');
}

/** Degrees to about a decimetre for a point; of other shapes the kind and the number of vertices. */
function geometryText({ type, coordinates }: { type: unknown; coordinates: unknown }): string {
  const numbers = [coordinates].flat(4).filter((each) => typeof each === 'number');
  if (type === 'Point') return numbers.map((degrees) => degrees.toFixed(6)).join(', ');
  return `${String(type)} (${Math.floor(numbers.length / 2)})`;
}
