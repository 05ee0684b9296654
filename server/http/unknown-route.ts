import type { RequestHandler } from 'express';
import { RequestRefusedError } from './request-errors.ts';

/** Whatever no route took. */
export const unknownRoute: RequestHandler = (_req, _res, next) => {
  next(
    new RequestRefusedError('not-found', {
      zh: '该地址下没有内容。',
      en: 'Nothing is known under this address.',
    }),
  );
};
