import type { AuditEvent } from '#client/api/audit.ts';
import type { ViewNode } from '#client/state/url-state.ts';

/** One field of a change: what stood there and what stands there since; undefined: this side says nothing of it. */
export type FieldChange = {
  readonly field: string;
  readonly before: string | null | undefined;
  readonly after: string | null | undefined;
};

/** Columns that have a word of their own. */
const FIELDS = [
  ...['name', 'name_zh', 'name_en', 'full_name', 'uscc', 'code', 'kind', 'category', 'lifecycle'],
  ...['fields', 'industry', 'address', 'location', 'region', 'given_region', 'geom', 'anchor'],
  ...['enterprise_id', 'risk_point_id', 'hazard_source_id', 'account_id', 'control_level'],
  ...['department', 'post', 'person', 'principal_post', 'accident_types', 'text_zh', 'text_en'],
  ...['method_id', 'basis', 'inputs', 'score', 'level', 'state', 'assessed_at', 'valid_until'],
  ...['reason', 'row_id', 'restored_at', 'deleted_at', 'role', 'regions', 'jurisdictions'],
  ...['expires_at', 'granted_by', 'revoked_at', 'disabled_at', 'must_change_password', 'prefix'],
  ...['is_read_only', 'is_demo', 'demo', 'created_at', 'attributes', 'city_code', 'version'],
] as const;

export type WordedField = (typeof FIELDS)[number];

/** The column, where it has a word; null: it is shown as it is called. */
export function wordedField(field: string): WordedField | null {
  return FIELDS.find((each) => each === field) ?? null;
}

/**
 * What an event changed, field by field. Of something new or handed out only what there is: a new record has many
 * empty fields. What was asked of an export stands for itself, one field for each parameter.
 */
export function fieldChanges({ before, after }: AuditEvent): readonly FieldChange[] {
  const old = before ?? {};
  const now = asked(after ?? {});
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  const changes = keys.map((field) => ({
    field,
    before: before === null || !Object.hasOwn(old, field) ? undefined : valueText(old[field]),
    after: after === null || !Object.hasOwn(now, field) ? undefined : valueText(now[field]),
  }));
  return before === null ? changes.filter((change) => change.after !== null) : changes;
}

function asked(after: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { query, ...others } = after;
  return isRecord(query) ? { ...others, ...query } : after;
}

/** A value as text; null: nothing is there. Structures as JSON. */
function valueText(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (Array.isArray(value) && value.length === 0) return null;
  if (isRecord(value) && Object.keys(value).length === 0) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Who did it, as far as it is told; a name is shown as it is. */
export function actorOf({
  account,
  action,
  address,
  after,
}: AuditEvent): { readonly name: string } | 'gone' | 'stranger' | 'service' {
  if (account !== null) return account.name === null ? 'gone' : { name: account.name };
  // Whoever signs in is nobody until then.
  const name = after?.['name'];
  if (action === 'sign-in' && typeof name === 'string') return { name };
  return address === null ? 'service' : 'stranger';
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The card of what something was done to; of a part that of its risk point where the event names it. */
export function cardOf({ subjectKind, subjectId, after, before }: AuditEvent): ViewNode | null {
  if (subjectId === null || !UUID.test(subjectId)) return null;
  if (subjectKind === 'enterprises') return { kind: 'enterprise', id: subjectId };
  if (subjectKind === 'risk_points') return { kind: 'risk-point', id: subjectId };
  const point = after?.['risk_point_id'] ?? before?.['risk_point_id'];
  return typeof point === 'string' && UUID.test(point) ? { kind: 'risk-point', id: point } : null;
}

/** `2026-11-22 14:05:09` in a time zone (IANA name). */
export function clockText(iso: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(iso));
  const at = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return `${at['year']}-${at['month']}-${at['day']} ${at['hour']}:${at['minute']}:${at['second']}`;
}
