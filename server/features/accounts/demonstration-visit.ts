import type { RequestHandler } from 'express';
import { credentialsOf, sessionCookie } from '#server/http/credentials.ts';
import { senderOf } from '#server/http/sender.ts';
import type { CallersService } from './callers.service.ts';
import type { Demonstration } from './demonstration.ts';

type Deps = {
  readonly callers: Pick<CallersService, 'find'>;
  readonly demonstration: Demonstration;
};

/**
 * Whoever opens the page of a demonstration on his own machine looks at it as its viewer: the first thing he sees is
 * the map, not a question for a password. Anybody who is signed in stays who he is.
 */
export function demonstrationVisit({ callers, demonstration }: Deps): RequestHandler {
  return async (req, res, next) => {
    const sender = senderOf(req);
    const isPage = req.method === 'GET' && req.headers.accept?.includes('text/html') === true;
    if (!isPage || !(await demonstration.isOpenTo(sender))) return next();
    const credentials = credentialsOf(req);
    const isKnown =
      credentials !== null &&
      credentials !== 'malformed' &&
      (await callers.find(credentials)) !== null;
    if (!isKnown) {
      const { token } = await demonstration.signIn(sender, 'viewer');
      res.append('Set-Cookie', sessionCookie(token, false));
    }
    next();
  };
}
