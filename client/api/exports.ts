import { EXPORT_LISTS, hasPlaces } from '#server/domain/export-lists.ts';
import type { ExportList } from '#server/domain/export-lists.ts';
import { getExport } from '#server/features/exports/exports.contract.ts';
import { address } from './client.ts';
import type { ListFilter } from './queries.ts';

/** The forms a file can have, as a person chooses between them. */
export const FILE_FORMS = ['xlsx', 'csv', 'csv-gb18030', 'geojson'] as const;
export type FileForm = (typeof FILE_FORMS)[number];

/** What the rows of a file are chosen by. */
export type ExportScope = ListFilter & {
  readonly basis: 'current' | 'inherent';
  readonly field?: string | undefined;
};

/** What `q` of a scope was typed for: it finds enterprises by other names than their risk points. */
export type Searched = 'enterprises' | 'risk-points';

/** Lists that a file of this form can hold. */
export function listsFor(form: FileForm): readonly ExportList[] {
  return form === 'geojson' ? EXPORT_LISTS.filter(hasPlaces) : EXPORT_LISTS;
}

/** Address of a file; the part of the scope that says nothing of its list is left out. */
export function exportHref(
  list: ExportList,
  form: FileForm,
  {
    scope,
    searched,
    language,
  }: {
    readonly scope: ExportScope;
    readonly searched: Searched;
    readonly language: 'zh' | 'en';
  },
): string {
  const { level, dynamic, enterprise, q, ...rest } = scope;
  const ofEnterprises = list === 'enterprises';
  const query = {
    list,
    format: form === 'csv-gb18030' ? 'csv' : form,
    encoding: form === 'csv-gb18030' ? 'gb18030' : undefined,
    ...rest,
    enterprise: ofEnterprises ? undefined : enterprise,
    level: list === 'major-risks' ? undefined : level,
    dynamic: ofEnterprises ? undefined : dynamic,
    q: ofEnterprises === (searched === 'enterprises') ? q : undefined,
    language,
  };
  return address(getExport.path, {}, query);
}
