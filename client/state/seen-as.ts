import type { Permission } from '#server/domain/policy/permission.ts';
import { isChanging, PLACELESS } from '#server/domain/policy/caller.ts';

type Names = { readonly zh: string; readonly en: string | null };

/** Through whose eyes somebody who is signed in looks at the map. */
export type SeenAs =
  | { readonly kind: 'public' }
  | { readonly kind: 'region'; readonly code: string; readonly names: Names }
  | { readonly kind: 'enterprise'; readonly id: string; readonly names: Names };

/** As the header X-View-As wants it. */
export function viewHeader(seenAs: SeenAs): string {
  if (seenAs.kind === 'public') return 'public';
  return seenAs.kind === 'region' ? `region:${seenAs.code}` : `enterprise:${seenAs.id}`;
}

/** Whether what he may do himself is left to him while he looks as somebody else: that is for looking only. */
export function isLeft(permission: Permission, seenAs: SeenAs | null): boolean {
  if (seenAs === null || PLACELESS.has(permission)) return true;
  // A file is fetched by the browser itself, which sends no header: it would hold what he sees himself.
  const isFile = permission === 'exports.read';
  return seenAs.kind !== 'public' && !isFile && !isChanging(permission);
}
