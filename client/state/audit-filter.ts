/** What the audit is searched by, as the address tells it; null: not by this. */
export type AuditFilter = {
  /** Id of an account. */
  readonly account: string | null;
  readonly action: string | null;
  /** Id of what something was done to. */
  readonly subject: string | null;
  /** First day, `2026-11-22` in the time zone of the register. */
  readonly from: string | null;
  /** Last day, itself included. */
  readonly to: string | null;
};

export const NO_AUDIT_FILTER: AuditFilter = {
  account: null,
  action: null,
  subject: null,
  from: null,
  to: null,
};

const KEYS = ['account', 'action', 'subject', 'from', 'to'] as const;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Years that every date field can show. */
const DAY = /^(?:19|20|21)\d{2}-\d{2}-\d{2}$/;

const IS_SOUND: Readonly<Record<keyof AuditFilter, (text: string) => boolean>> = {
  account: (text) => UUID.test(text),
  action: (text) => /^[a-z-]{1,40}$/.test(text),
  subject: (text) => text.trim() === text && text.length > 0 && text.length <= 100,
  from: isAuditDay,
  to: isAuditDay,
};

/** Reads the part of an address; a value that means nothing is left out. */
export function parseAuditFilter(query: URLSearchParams): AuditFilter {
  const sound = (key: keyof AuditFilter) => {
    const text = query.get(key);
    return text !== null && IS_SOUND[key](text) ? text : null;
  };
  return {
    account: sound('account'),
    action: sound('action'),
    subject: sound('subject'),
    from: sound('from'),
    to: sound('to'),
  };
}

/** Writes what is searched by into a query. */
export function writeAuditFilter(query: URLSearchParams, filter: AuditFilter): void {
  for (const key of KEYS) {
    const text = filter[key];
    if (text !== null) query.set(key, text);
  }
}

/** Whether anything is left out. */
export function isFiltered(filter: AuditFilter): boolean {
  return KEYS.some((key) => filter[key] !== null);
}

/** Whether a text is a day that can be searched by. */
export function isAuditDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
