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
  readonly open: Codes;
  /** Few: in the tables of the map all but the first two cost a function call for each row. */
  readonly parts: readonly CompiledPart[];
};

/** An object rather than a list: a key is found without looking at the others. */
type Codes = Readonly<Record<string, 1>>;

/** All conditions hold together; null: none of that kind. */
export type CompiledPart = {
  readonly open: Codes | null;
  readonly jurisdictions: readonly string[];
  readonly fields: readonly string[] | null;
  readonly enterprises: readonly string[] | null;
};

const known = new WeakMap<RowScope, CompiledScope>();

/** Remembered for the scope given: one request asks for it several times. */
export function compileScope(scope: RowScope): CompiledScope {
  const compiled = known.get(scope) ?? compile(scope);
  known.set(scope, compiled);
  return compiled;
}

function compile(scope: RowScope): CompiledScope {
  if (isEverything(scope)) return { all: true, open: {}, parts: [] };
  const whole = scope.filter(
    ({ jurisdictions, fields, enterprise }) =>
      jurisdictions.length === 0 && fields === null && enterprise === null,
  );
  const open = codesOf(whole.flatMap(({ regions }) => regions ?? []));
  const rest = scope.filter((part) => !whole.includes(part)).map(compilePart);
  return { all: false, open, parts: merged(rest.filter((part) => !isWithin(part, open))) };
}

function compilePart({ regions, jurisdictions, fields, enterprise }: ScopePart): CompiledPart {
  return {
    open: regions && codesOf(regions),
    // Everywhere is in a jurisdiction, too.
    jurisdictions: regions === null ? [] : sorted(jurisdictions),
    fields: fields && sorted(fields),
    enterprises: enterprise === null ? null : [enterprise],
  };
}

/** Whether regions that are seen whole have all rows of the part. */
function isWithin({ open, jurisdictions }: CompiledPart, seen: Codes): boolean {
  return (
    open !== null && jurisdictions.length === 0 && Object.keys(open).every((code) => code in seen)
  );
}

type Join = {
  /** Parts with the same text differ in one condition only. */
  readonly alike: (part: CompiledPart) => string;
  readonly either: (a: CompiledPart, b: CompiledPart) => CompiledPart;
};

/** What one place has comes together first: places are many, and seldom the same. */
const JOINS: readonly Join[] = [
  {
    alike: ({ open, jurisdictions, fields }) => textOf([open, jurisdictions, fields]),
    either: (a, b) => ({ ...a, enterprises: union(a.enterprises, b.enterprises) }),
  },
  {
    alike: ({ open, jurisdictions, enterprises }) => textOf([open, jurisdictions, enterprises]),
    either: (a, b) => ({ ...a, fields: union(a.fields, b.fields) }),
  },
  {
    alike: ({ fields, enterprises }) => textOf([fields, enterprises]),
    either: (a, b) => ({ ...a, ...placesOf(a, b) }),
  },
];

/**
 * The same rows in few parts, in an order that is always the same: those that differ in one condition only are one with
 * either. So several grants of one role, or several roles in one place, mostly come to a single part.
 */
function merged(parts: readonly CompiledPart[]): readonly CompiledPart[] {
  const fewer = JOINS.reduce(joined, inOrder(parts));
  return fewer.length < parts.length ? merged(fewer) : inOrder(fewer);
}

function joined(parts: readonly CompiledPart[], { alike, either }: Join): readonly CompiledPart[] {
  const groups = new Map<string, CompiledPart>();
  for (const part of parts) {
    const text = alike(part);
    const known = groups.get(text);
    groups.set(text, known === undefined ? part : either(known, part));
  }
  return [...groups.values()];
}

function inOrder(parts: readonly CompiledPart[]): readonly CompiledPart[] {
  return parts
    .map((part) => [textOf(part), part] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, part]) => part);
}

function placesOf(a: CompiledPart, b: CompiledPart): Pick<CompiledPart, 'open' | 'jurisdictions'> {
  if (a.open === null || b.open === null) return { open: null, jurisdictions: [] };
  return {
    open: codesOf([...Object.keys(a.open), ...Object.keys(b.open)]),
    jurisdictions: sorted([...a.jurisdictions, ...b.jurisdictions]),
  };
}

function union(a: readonly string[] | null, b: readonly string[] | null): readonly string[] | null {
  return a === null || b === null ? null : sorted([...a, ...b]);
}

const textOf = (value: unknown): string => JSON.stringify(value);

function sorted(codes: readonly string[]): readonly string[] {
  return [...new Set(codes)].toSorted();
}

function codesOf(codes: readonly string[]): Codes {
  return Object.fromEntries(sorted(codes).map((code) => [code, 1]));
}
