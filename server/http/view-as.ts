import type { Request } from 'express';
import { parseView } from '../domain/policy/view-as.ts';
import type { View } from '../domain/policy/view-as.ts';
import { InvalidRequestError } from './request-errors.ts';

/** In lower case, as Node names headers. */
const VIEW_HEADER = 'x-view-as';

/** Through whose eyes the request wants to look; null: his own. Throws InvalidRequestError. */
export function viewOf(req: Request): View | null {
  const given = req.headers[VIEW_HEADER];
  if (given === undefined) return null;
  const view = parseView(String(given).toLowerCase());
  if (view === null) {
    throw new InvalidRequestError(MALFORMED, [{ parameter: 'X-View-As', detail: MALFORMED }]);
  }
  return view;
}

const MALFORMED = {
  zh: 'X-View-As 应为 public、region:行政区代码 或 enterprise:企业 id。',
  en: 'X-View-As must be public, region:{code} or enterprise:{id}.',
};
