import type { Access } from './permission.ts';
import { PLACELESS } from './caller.ts';
import type { SignedIn } from './caller.ts';
import type { ScopePart } from './row-scope.ts';

/** Through whose eyes somebody who is signed in looks at the map; it only ever shows less than his own. */
export type View =
  | { readonly kind: 'public' }
  | { readonly kind: 'region'; readonly code: string }
  | { readonly kind: 'enterprise'; readonly id: string };

const VIEW =
  /^(?:(?<open>public)|region:(?<code>\d{6}(?:\d{3}){0,2})|enterprise:(?<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))$/;

/** `public`, `region:220200` or `enterprise:{uuid}`; null: none of these. */
export function parseView(text: string): View | null {
  const groups = VIEW.exec(text)?.groups;
  if (groups === undefined) return null;
  const { code, id } = groups;
  if (code !== undefined) return { kind: 'region', code };
  return id === undefined ? { kind: 'public' } : { kind: 'enterprise', id };
}

/** Whether an operation is about what the map shows. What is open to everyone, and the session, is the same for all. */
export function isViewed({ permission }: Access): boolean {
  return permission !== null && !PLACELESS.has(permission);
}

/** What a view leaves of a grant: one enterprise, or of its regions (as scopes name them) those that lie in the view's. */
export type Narrowing =
  | { readonly enterprise: string }
  | { readonly regionsOf: (own: ScopePart['regions']) => readonly string[] };

/** The caller with what a view leaves of his grants. He changes nothing: it is for looking. */
export function viewedAs(caller: SignedIn, to: Narrowing): SignedIn {
  const grants = caller.grants.flatMap((grant) => {
    const part = narrowed(grant.part, to);
    return part === null ? [] : [{ ...grant, part }];
  });
  return { ...caller, grants, isReadOnly: true };
}

/** Jurisdictions cut across regions, and a part has no way to say “both”: of them only what its regions hold is left. */
function narrowed(part: ScopePart, to: Narrowing): ScopePart | null {
  if ('enterprise' in to) {
    if (part.enterprise !== null && part.enterprise !== to.enterprise) return null;
    return { ...part, enterprise: to.enterprise };
  }
  const regions = to.regionsOf(part.regions);
  return regions.length === 0 ? null : { ...part, regions, jurisdictions: [] };
}
