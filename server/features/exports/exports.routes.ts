import { Router } from 'express';
import { mountDownload } from '#server/http/download.ts';
import { InvalidRequestError } from '#server/http/request-errors.ts';
import { exportFile } from './export-file.ts';
import type { ExportContent, ExportsService } from './exports.service.ts';
import { TooManyRowsError } from './exports.service.ts';
import { getExport } from './exports.contract.ts';

export type ExportRoutesDeps = {
  readonly exports: ExportsService;
  /** IANA name. */
  readonly timeZone: string;
};

const DELIMITERS = { comma: ',', semicolon: ';', tab: '\t' } as const;

export function exportRoutes({ exports, timeZone }: ExportRoutesDeps): Router {
  const router = Router();
  mountDownload(router, getExport, async ({ query, locale }) => {
    const { list, format, encoding = 'utf-8-bom', delimiter = 'comma', ...others } = query;
    const { language = locale, crs: _wgs84, ...filter } = others;
    const content = await opened(exports.open({ list, format, language, filter }));
    return exportFile(content, { encoding, delimiter: DELIMITERS[delimiter], timeZone });
  });
  return router;
}

const TOO_LONG = {
  zh: '清单太长，一张工作表放不下。',
  en: 'The list is too long for a spreadsheet.',
};

async function opened(content: Promise<ExportContent>): Promise<ExportContent> {
  try {
    return await content;
  } catch (error) {
    if (!(error instanceof TooManyRowsError)) throw error;
    throw new InvalidRequestError(TOO_LONG, [{ parameter: 'format', detail: error.detail }]);
  }
}
