/** What a form holds as JSON; its members have the names that they have on the wire. */
export type KeyOf<V> = keyof V & string;
/** The same as a request body would say it. */
export type Wire<V> = Readonly<Record<KeyOf<V>, unknown>>;
export type ToWire<V> = (values: V) => Wire<V>;

/** Members that a save would change; how something is written in the form does not count. */
export function changedKeys<V extends object>(
  toWire: ToWire<V>,
  base: V,
  values: V,
): readonly KeyOf<V>[] {
  const [before, after] = [toWire(base), toWire(values)];
  return keysOf(values).filter((key) => !isSame(before[key], after[key]));
}

/** Body of a PATCH: what was not touched is left out. */
export function changesBody<V extends object>(toWire: ToWire<V>, base: V, values: V): object {
  const wire = toWire(values);
  return Object.fromEntries(changedKeys(toWire, base, values).map((key) => [key, wire[key]]));
}

/** Body of a POST: what is empty is left out. */
export function newBody<V extends object>(toWire: ToWire<V>, values: V): object {
  return Object.fromEntries(
    Object.entries(toWire(values)).filter(
      ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

export type Merged<V> = {
  /** Theirs where nothing was touched here, mine where something was. */
  readonly values: V;
  /** Changed by both, and differently: somebody has to choose. */
  readonly conflicts: readonly KeyOf<V>[];
  /** Changed by them alone. */
  readonly taken: readonly KeyOf<V>[];
};

/** Brings the edits of two people together, member by member; `base` is what both of them started from. */
export function mergeVersions<V extends object>(
  toWire: ToWire<V>,
  { base, mine, theirs }: { readonly base: V; readonly mine: V; readonly theirs: V },
): Merged<V> {
  const touched = changedKeys(toWire, base, mine);
  const changed = changedKeys(toWire, base, theirs);
  const differing = changedKeys(toWire, mine, theirs);
  const kept = Object.fromEntries(touched.map((key) => [key, mine[key]]));
  return {
    values: { ...theirs, ...kept },
    conflicts: touched.filter((key) => changed.includes(key) && differing.includes(key)),
    taken: changed.filter((key) => !touched.includes(key)),
  };
}

export function keysOf<V extends object>(values: V): readonly KeyOf<V>[] {
  return Object.keys(values) as KeyOf<V>[];
}

/** Both come from the same function, so the order of members is the same. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
