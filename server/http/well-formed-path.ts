import type { RequestHandler } from 'express';
import type { Bilingual } from '../domain/bilingual.ts';
import { InvalidRequestError } from './request-errors.ts';
import { textFault } from './text-rule.ts';

export const MALFORMED_PATH: Bilingual = {
  zh: '地址中的百分号编码有误。',
  en: 'The path holds a malformed percent-encoding.',
};

/** Refuses a path that cannot be decoded or holds text that nothing here can be named by: 400 before any route looks at it. */
export const wellFormedPath: RequestHandler = (req, _res, next) => {
  let path: string;
  try {
    path = decodeURIComponent(req.path);
  } catch {
    return next(new InvalidRequestError(MALFORMED_PATH));
  }
  const fault = textFault(path);
  if (fault === null) return next();
  next(new InvalidRequestError({ zh: `地址${fault.zh}`, en: `The path: ${fault.en}.` }));
};
