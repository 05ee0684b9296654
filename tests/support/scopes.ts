import { v7 } from 'uuid';
import type { Scope } from '#server/db/scope.ts';
import type { RowScope, ScopePart } from '#server/domain/policy/row-scope.ts';

/** A part of a scope that is limited by what is given and by nothing else. */
export const part = (limits: Partial<ScopePart>): ScopePart => ({
  regions: null,
  jurisdictions: [],
  fields: null,
  enterprise: null,
  ...limits,
});

/** Of somebody signed in who reads, and writes, such rows. */
export const readingScope = (read: RowScope, write: RowScope = []): Scope => ({
  role: 'risk_app',
  accountId: v7(),
  read,
  restricted: read,
  write,
  isDemo: false,
  isAuditor: false,
  origin: { keyId: null, address: null, requestId: null },
});
