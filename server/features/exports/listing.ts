import type { ExportList } from '#server/domain/export-lists.ts';
import { readAssessments } from './assessment-rows.store.ts';
import { attributeColumns } from './attribute-columns.ts';
import type { Column } from './column.ts';
import { listingOf } from './export-sheet.ts';
import type { Listing } from './export-sheet.ts';
import type { ListPlace, PointHead } from './export-request.ts';
import { readEnterpriseMore } from './export-words.store.ts';
import type { ListingContext, Transaction } from './list-reader.ts';
import { assessmentColumns, enterpriseColumns, enterpriseIdColumns } from './other-columns.ts';
import { pagesOf } from './pages.ts';
import { byPoint, pointPage, readPoints, readWholePoints } from './point-pages.ts';
import { riskRowsOf } from './register-rows.ts';
import type { EnterpriseRow, Point, RiskRow } from './register-rows.ts';
import {
  controlColumns,
  degrees,
  idColumns,
  pointColumns,
  sourceListColumns,
} from './risk-columns.ts';

/** Rows of a page: they and all that hangs on them are in memory at once, so shapes come in smaller ones. */
const PAGE = { rows: 250, shapes: 50 } as const;

/** The columns of the list that was asked for, and what fills them page by page. */
export function listingFor(context: ListingContext): Listing {
  return LISTINGS[context.request.list](context);
}

const LISTINGS: Readonly<Record<ExportList, (context: ListingContext) => Listing>> = {
  'control-list': controlListing,
  'major-risks': controlListing,
  'risk-points': pointListing,
  'hazard-sources': sourceListing,
  enterprises: enterpriseListing,
  assessments: assessmentListing,
};

function enterpriseListing(context: ListingContext): Listing {
  const { deps, request, parts, keys } = context;
  const read = (after: ListPlace | null, limit: number) =>
    deps.read(async (trx) => {
      const heads = await deps.enterprises.page(trx, request.filter, after, limit);
      const more = await readEnterpriseMore(
        trx,
        heads.map(({ id }) => id),
      );
      const rows = heads.flatMap((head) => {
        const rest = more.get(head.id);
        return rest === undefined ? [] : [{ head, more: rest }];
      });
      return { heads, rows };
    });
  return listingOf({
    columns: [
      ...enterpriseColumns(parts),
      ...attributeColumns<EnterpriseRow>(keys, ({ more }) => more.attributes),
      ...enterpriseIdColumns(parts),
    ],
    pages: pagesOf(read, PAGE.rows),
    idOf: ({ head }) => head.id,
    shapeOf: ({ head }) =>
      JSON.stringify({ type: 'Point', coordinates: head.position.map(degrees) }),
  });
}

/** A control list or the list of major risks: a row for each risk. */
function controlListing(context: ListingContext): Listing {
  const { request, parts, now } = context;
  const isMajor = request.list === 'major-risks';
  return riskListing(context, controlColumns(parts), (point) =>
    riskRowsOf(point, now).filter(({ level }) => !isMajor || level === 1),
  );
}

function sourceListing(context: ListingContext): Listing {
  const { parts, keys, now } = context;
  const columns = [
    ...sourceListColumns(parts),
    ...attributeColumns<RiskRow>(keys, ({ source }) => source?.attributes ?? {}),
    ...idColumns(parts),
  ];
  return riskListing(context, columns, (point) =>
    riskRowsOf(point, now).filter(({ source }) => source !== null),
  );
}

/** In a table a row for each hazard source with its point; as features the points with their shapes. */
function pointListing(context: ListingContext): Listing {
  const { request, parts, keys, now } = context;
  const columns = [
    ...pointColumns(parts),
    ...attributeColumns<RiskRow>(keys, ({ more }) => more.attributes),
    ...idColumns(parts),
  ];
  if (request.format !== 'geojson') {
    return riskListing(context, columns, (point) => riskRowsOf(point, now));
  }
  const readRows = (trx: Transaction, heads: readonly PointHead[]) =>
    readWholePoints(trx, heads, context);
  return listingOf({
    columns,
    pages: pagesOf((after, limit) => pointPage(context, after, limit, readRows), PAGE.shapes),
    idOf: ({ head }) => head.id,
    shapeOf: ({ more }) => more.shape,
  });
}

function assessmentListing(context: ListingContext): Listing {
  const { request, parts } = context;
  const readRows = async (trx: Transaction, heads: readonly PointHead[]) => {
    const ids = heads.map(({ id }) => id);
    const found = byPoint(await readAssessments(trx, ids, request.filter.basis));
    return heads.flatMap((head) =>
      (found.get(head.id) ?? []).map((assessment) => ({ head, assessment })),
    );
  };
  return listingOf({
    columns: assessmentColumns(parts),
    pages: pagesOf((after, limit) => pointPage(context, after, limit, readRows), PAGE.rows),
    idOf: ({ head }) => head.id,
  });
}

function riskListing(
  context: ListingContext,
  columns: readonly Column<RiskRow>[],
  rowsOf: (point: Point) => readonly RiskRow[],
): Listing {
  const readRows = async (trx: Transaction, heads: readonly PointHead[]) =>
    (await readPoints(trx, heads, context)).flatMap(rowsOf);
  return listingOf({
    columns,
    pages: pagesOf((after, limit) => pointPage(context, after, limit, readRows), PAGE.rows),
    idOf: ({ head, source }) => source?.id ?? head.id,
  });
}
