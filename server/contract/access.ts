import type { Access, Permission } from '../domain/policy/permission.ts';

/** For everyone, with or without credentials. */
export const OPEN: Access = { tier: 'public', permission: null };

/** For whoever is signed in, whatever he may do. */
export const SIGNED_IN: Access = { tier: 'internal', permission: null };

/** For whoever has the permission somewhere; without credentials what is published. */
export const needsOrPublished = (permission: Permission): Access => ({
  ...needs(permission),
  hasPublicView: true,
});

/** For whoever has the permission somewhere; the scope decides in which rows. */
export const needs = (permission: Permission): Access => ({ tier: 'internal', permission });
