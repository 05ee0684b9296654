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
  /** Few: all but the first cost a function call for each row. */
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
  const parts = merged(rest.filter((part) => !isWithin(part, open)));
  return { all: false, open, parts: parts.toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1)) };
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

/**
 * The same rows in as few parts as can be told quickly: two that differ in one condition only are one with either. So
 * several grants of one role, or several roles in one place, mostly come to a single part.
 */
function merged(parts: readonly CompiledPart[]): readonly CompiledPart[] {
  for (const [index, part] of parts.entries()) {
    for (const [at, other] of parts.entries()) {
      const both = at > index ? eitherOf(part, other) : null;
      if (both !== null) {
        return merged([...parts.filter((each) => each !== part && each !== other), both]);
      }
    }
  }
  return parts;
}

/** One part with the rows of both; null: there is none. */
function eitherOf(a: CompiledPart, b: CompiledPart): CompiledPart | null {
  const same = {
    place: textOf([a.open, a.jurisdictions]) === textOf([b.open, b.jurisdictions]),
    fields: textOf(a.fields) === textOf(b.fields),
    enterprises: textOf(a.enterprises) === textOf(b.enterprises),
  };
  if (same.place && same.fields) return { ...a, enterprises: union(a.enterprises, b.enterprises) };
  if (same.place && same.enterprises) return { ...a, fields: union(a.fields, b.fields) };
  if (!same.fields || !same.enterprises) return null;
  if (a.open === null || b.open === null) return { ...a, open: null, jurisdictions: [] };
  return {
    ...a,
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
