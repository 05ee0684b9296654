import { Router } from 'express';
import type { z } from 'zod';
import { cursorOf } from '#server/http/cursor.ts';
import { mountDownload } from '#server/http/download.ts';
import { mount } from '#server/http/mount.ts';
import { pointerKey } from '#server/domain/errors.ts';
import { InvalidRequestError, RequestRefusedError } from '#server/http/request-errors.ts';
import type { ImportDownloads } from './import-downloads.ts';
import { toReport, toRow } from './import-wire.ts';
import { getFaultyRows, getImportTemplate, listImportFields } from './import-files.contract.ts';
import {
  cancelImport,
  changeImport,
  commitImport,
  createImport,
  fixImportRow,
  getImport,
  listImportPlaces,
  listImportRows,
  listImports,
  listMissingRows,
} from './imports.contract.ts';
import type { ImportRowsService } from './import-rows.service.ts';
import type { ImportView } from './import-steps.ts';
import type { ImportsService } from './imports.service.ts';
import { FileRefusedError } from './reading/refusal.ts';
import type { UploadedFile } from './upload-file.ts';
import type { Upload } from '#server/http/upload.ts';

export type ImportRoutesDeps = {
  readonly imports: ImportsService;
  readonly rows: ImportRowsService;
  readonly downloads: ImportDownloads;
  readonly saveUpload: (stream: Upload['stream'], length: number | null) => Promise<UploadedFile>;
  readonly clock: () => number;
};

const byId = cursorOf(['id']);
const byRow = cursorOf(['integer']);

export function importRoutes(deps: ImportRoutesDeps): Router {
  const { imports, rows, clock } = deps;
  const router = Router();
  const report = (view: ImportView) => toReport(view, clock());
  mountCreate(router, deps, report);
  mount(router, listImports, async ({ query }) => {
    const after = byId.read(query.cursor);
    const found = await imports.list(after?.[0] ?? null, query.limit + 1);
    const { page, next } = cut(found, query.limit);
    return {
      items: page.map(report),
      next: next && byId.write([next.id]),
    };
  });
  mount(router, getImport, async ({ params }) => report(await imports.get(params.id)));
  mount(router, changeImport, async ({ params, body }) => {
    const { crs, swapped, map, region } = body;
    const change = {
      ...(crs === undefined ? {} : { crs }),
      ...(swapped === undefined ? {} : { swapped }),
      ...(map === undefined ? {} : { map }),
      ...(region === undefined ? {} : { region }),
    };
    return report(await imports.change(params.id, change));
  });
  mount(router, cancelImport, async ({ params }) => report(await imports.cancel(params.id)));
  mount(router, commitImport, async ({ params, body }) =>
    report(await imports.commit(params.id, body.skipFaulty)),
  );
  mount(router, listImportFields, ({ params }) => ({ items: rows.fields(params.kind) }));
  mountRows(router, deps);
  mountDownload(router, getFaultyRows, ({ params, query }) =>
    deps.downloads.faultyRows(params.id, query.language),
  );
  mountDownload(router, getImportTemplate, ({ params, query }) =>
    deps.downloads.template(params.kind, query.language, query.format),
  );
  return router;
}

function mountCreate(
  router: Router,
  { imports, saveUpload }: ImportRoutesDeps,
  report: (view: ImportView) => ReturnType<typeof toReport>,
): void {
  const create = async ({ query, upload }: CreateInput) => {
    if (upload === null) throw new InvalidRequestError(NO_FILE);
    const { kind, map = null, crs, region = null, sheet = null, fileName = null } = query;
    try {
      const file = await saveUpload(upload.stream, upload.length);
      const options = { crs, swapped: null, region, sheet };
      const request = { kind, map, fileName, mediaType: upload.mediaType, options };
      return report(await imports.create(request, file));
    } catch (error) {
      throw error instanceof FileRefusedError ? refused(error) : error;
    }
  };
  mount(router, createImport, create, { location: ({ id }) => `/api/v1/imports/${id}` });
}

const NO_FILE = { zh: '请求需要一个文件。', en: 'The request needs a file.' };

type CreateInput = {
  readonly query: z.output<NonNullable<typeof createImport.query>>;
  readonly upload: Upload | null;
};

/** What the file reader refuses, with the row and column it is about. */
function refused({ refusal }: FileRefusedError): Error {
  const { slug, detail, row, column } = refusal;
  if (slug === 'overloaded') return new RequestRefusedError(slug, detail, { 'Retry-After': '60' });
  if (slug !== 'invalid-body') return new RequestRefusedError(slug, detail);
  const at = [...(row === undefined ? [] : [row]), ...(column === undefined ? [] : [column])];
  const pointer = at.map((part) => `/${pointerKey(String(part))}`).join('');
  return new InvalidRequestError(detail, [{ pointer, detail }]);
}

function mountRows(router: Router, { imports, rows }: ImportRoutesDeps): void {
  mount(router, listImportRows, async ({ params, query }) => {
    const after = byRow.read(query.cursor)?.[0] ?? 0;
    const found = await rows.list(params.id, query.status, { after, limit: query.limit + 1 });
    const { page, next } = cut(found.rows, query.limit);
    return {
      items: page.map((row) => toRow(row, found.headers)),
      next: next && byRow.write([next.row]),
    };
  });
  mount(router, fixImportRow, async ({ params, body }) => {
    await imports.fix(params.id, params.row, body.cells);
    const { row, headers } = await rows.get(params.id, params.row);
    return toRow(row, headers);
  });
  mount(router, listImportPlaces, async ({ params, query }) => {
    const swapped = query.swapped === undefined ? null : query.swapped === 'true';
    return rows.places(params.id, query.crs ?? null, swapped);
  });
  mount(router, listMissingRows, async ({ params, query }) => {
    const after = byId.read(query.cursor)?.[0] ?? null;
    const found = await rows.missing(params.id, { after, limit: query.limit + 1 });
    const { page, next } = cut(found, query.limit);
    return { items: page, next: next && byId.write([next.id]) };
  });
}

/** A page out of one row more than fits, and the last row of it where there are more. */
function cut<T>(
  rows: readonly T[],
  limit: number,
): { readonly page: readonly T[]; readonly next: T | null } {
  const page = rows.slice(0, limit);
  return { page, next: rows.length > limit ? (page.at(-1) ?? null) : null };
}
