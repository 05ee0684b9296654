import type { MethodDefinition } from './method.ts';

/** What a caller may ask of a method: `variant`, `variant@revision`, or nothing (the default). */
export type VersionQuery = {
  readonly method: string;
  readonly version?: string | undefined;
  /** Day that chooses the revision where none is named, YYYY-MM-DD. */
  readonly onDay: string;
};

const VERSION = /^(?<variant>[a-z0-9][a-z0-9-]*)(?:@(?<revision>[1-9]\d{0,5}))?$/;

/**
 * The definition meant by a query: a named revision as it is; otherwise the newest revision of the
 * variant in force on the day, [validFrom, validTo). Null where there is none.
 */
export function findDefinition(
  definitions: readonly MethodDefinition[],
  { method, version, onDay }: VersionQuery,
): MethodDefinition | null {
  const ofMethod = definitions.filter((definition) => definition.method === method);
  if (version === undefined)
    return newest(
      ofMethod.filter((d) => d.isDefault),
      onDay,
    );
  const { variant, revision } = VERSION.exec(version)?.groups ?? {};
  const ofVariant = ofMethod.filter((definition) => definition.variant === variant);
  if (revision === undefined) return newest(ofVariant, onDay);
  return ofVariant.find((definition) => definition.revision === Number(revision)) ?? null;
}

function newest(candidates: readonly MethodDefinition[], onDay: string): MethodDefinition | null {
  return (
    candidates
      .filter((d) => d.validFrom <= onDay && (d.validTo === null || onDay < d.validTo))
      .toSorted((a, b) => b.revision - a.revision)[0] ?? null
  );
}
