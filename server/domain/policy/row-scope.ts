/** One part of the register: all of its conditions hold together. */
export type ScopePart = {
  /** Codes of the regions whose rows it has, everything below named too; null: everywhere. */
  readonly regions: readonly string[] | null;
  /** Ids of jurisdictions; a row of one of them is in the part wherever its region is. */
  readonly jurisdictions: readonly string[];
  /** Codes of supervised fields, of which a row has at least one; null: whatever its fields. */
  readonly fields: readonly string[] | null;
  /** The only enterprise whose rows it has; null: of every enterprise, and public places. */
  readonly enterprise: string | null;
};

/** Rows of the register: those of any of its parts. */
export type RowScope = readonly ScopePart[];

export const NOTHING: RowScope = [];
export const EVERYTHING: RowScope = [
  { regions: null, jurisdictions: [], fields: null, enterprise: null },
];

export function isEverything(scope: RowScope): boolean {
  return scope.some(
    ({ regions, fields, enterprise }) => regions === null && fields === null && enterprise === null,
  );
}

/**
 * As the row policies of the database read it: `open` has the codes of regions that are seen whole, the parts all
 * others. Equal scopes give equal text, so that it can stand in the key of a cache.
 */
export type CompiledScope = {
  readonly all: boolean;
  /** An object rather than a list: a key is found without looking at the others. */
  readonly open: Readonly<Record<string, 1>>;
  readonly parts: readonly {
    readonly open: Readonly<Record<string, 1>> | null;
    readonly jurisdictions: readonly string[];
    readonly fields: readonly string[] | null;
    readonly enterprise: string | null;
  }[];
};

export function compileScope(scope: RowScope): CompiledScope {
  if (isEverything(scope)) return { all: true, open: {}, parts: [] };
  const whole = scope.filter(
    ({ jurisdictions, fields, enterprise }) =>
      jurisdictions.length === 0 && fields === null && enterprise === null,
  );
  const rest = scope.filter((part) => !whole.includes(part));
  const parts = rest.map((part) => ({
    open: part.regions && keysOf(part.regions),
    jurisdictions: part.jurisdictions.toSorted(),
    fields: part.fields && part.fields.toSorted(),
    enterprise: part.enterprise,
  }));
  return {
    all: false,
    open: keysOf(whole.flatMap(({ regions }) => regions ?? [])),
    parts: parts.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
  };
}

function keysOf(codes: readonly string[]): Readonly<Record<string, 1>> {
  return Object.fromEntries([...new Set(codes)].toSorted().map((code) => [code, 1]));
}
