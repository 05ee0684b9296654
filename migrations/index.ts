import { extensionsAndRole } from './0001-extensions-and-role.ts';
import { regions } from './0002-regions.ts';
import { register } from './0003-register.ts';
import { assessments } from './0004-assessments.ts';
import { mapTables } from './0005-map-tables.ts';
import { refreshFunctions } from './0006-refresh-functions.ts';
import { relocation } from './0007-relocation.ts';
import { baseMap } from './0008-base-map.ts';
import { grants } from './0009-grants.ts';
import { editing } from './0010-editing.ts';
import { editingFunctions } from './0011-editing-functions.ts';
import { search } from './0012-search.ts';
import { imports } from './0013-imports.ts';
import { editingIndexes } from './0014-editing-indexes.ts';
import { registerChanges } from './0015-register-changes.ts';
import { statistics } from './0016-statistics.ts';
import { rowPolicies } from './0017-row-policies.ts';
import { accounts } from './0018-accounts.ts';
import { published } from './0019-published.ts';
import { audit } from './0020-audit.ts';
import { fieldTiers } from './0021-field-tiers.ts';
import { publication } from './0022-publication.ts';
import { firstPart } from './0023-first-part.ts';
import { inlineParts } from './0024-inline-parts.ts';
import { partsAsRows } from './0025-parts-as-rows.ts';
import { searchScope } from './0026-search-scope.ts';
import type { Migration } from './migration.ts';

/** Applied in this order; a merged migration is never edited. */
export const migrations: readonly Migration[] = [
  extensionsAndRole,
  regions,
  register,
  assessments,
  mapTables,
  refreshFunctions,
  relocation,
  baseMap,
  grants,
  editing,
  editingFunctions,
  search,
  imports,
  editingIndexes,
  registerChanges,
  statistics,
  rowPolicies,
  accounts,
  published,
  audit,
  fieldTiers,
  publication,
  firstPart,
  inlineParts,
  partsAsRows,
  searchScope,
];
