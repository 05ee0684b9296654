import type { Request } from 'express';

export type Locale = 'zh' | 'en';

/** The language the caller prefers, for texts that are made on the server; Chinese where nothing is said. */
export function localeOf(req: Request): Locale {
  return req.acceptsLanguages('zh', 'en') === 'en' ? 'en' : 'zh';
}
