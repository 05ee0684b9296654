import compression from 'compression';
import express from 'express';
import type { Express } from 'express';
import { programVersion } from './composition.ts';
import type { Services } from './composition.ts';
import type { Config } from './config.ts';
import { chargedTo } from './db/charged-time.ts';
import { demonstrationVisit } from './features/accounts/demonstration-visit.ts';
import { tileHandler } from './features/tiles/tiles.routes.ts';
import { documentation, documentationPlaces } from './http/documentation.ts';
import { knownPaths } from './http/known-paths.ts';
import { CALLERS } from './http/callers.ts';
import { COST_LIMITS, costLimits } from './http/cost-limits.ts';
import type { Allowances } from './http/cost-limits.ts';
import { CHECK_ANSWERS } from './http/mount.ts';
import { problemHandler } from './http/problem-handler.ts';
import { problemPages, problemPlaces } from './http/problem-pages.ts';
import { requestId } from './http/request-id.ts';
import { requestLog } from './http/request-log.ts';
import { hostCheck, originCheck, plainHeaders, securityHeaders } from './http/security.ts';
import { clientPlaces, lostPage, staticClient } from './http/static-client.ts';
import { unknownRoute } from './http/unknown-route.ts';
import { wellFormedPath } from './http/well-formed-path.ts';
import type { Log } from './log.ts';
import { apiRoutes, endpoints } from './routes.ts';

export type AppParts = {
  readonly services: Services;
  readonly config: Pick<Config, 'publicUrl'> &
    Partial<Pick<Config, 'rateLimits' | 'trustedProxies'>>;
  readonly log: Log;
  /** The built client; without it only the API is served. */
  readonly clientDir?: string;
  /** Hold every answer against its contract: for tests. */
  readonly checkAnswers?: boolean;
  /** Other limits than the usual ones: for tests. */
  readonly allowances?: Allowances;
};

/** The whole HTTP surface, in the order in which a request meets it. */
export function createApp(parts: AppParts): Express {
  const { services, config, log, clientDir } = parts;
  const { publicUrl } = config;
  const app = withSettings(express(), parts);

  app.use(requestId, plainHeaders(publicUrl), hostCheck(publicUrl), wellFormedPath);
  if (config.rateLimits === true) {
    const { allowances } = parts;
    const limits = costLimits({ measured: chargedTo, ...(allowances && { allowances }) });
    app.set(COST_LIMITS, limits).use(limits.open);
  }
  // Before everything that costs time and that tiles do not need.
  app.use(tileHandler(services.tiles, { publicUrl }));
  app.use(requestLog(log), securityHeaders(publicUrl), compression());
  app.use(originCheck(publicUrl));
  app.use(knownPaths([...endpoints, ...documentationPlaces, ...problemPlaces, ...clientPlaces]));
  app.use(...apiRoutes(services));
  app.use(documentation(endpoints, { version: programVersion(), publicUrl }));
  app.use(problemPages());
  if (clientDir !== undefined) {
    app.use(demonstrationVisit(services.session), staticClient(clientDir));
  }
  app.use(lostPage, unknownRoute);
  app.use(problemHandler({ publicUrl, log }));
  return app;
}

function withSettings(app: Express, { services, config, checkAnswers }: AppParts): Express {
  app.disable('x-powered-by');
  app.set('trust proxy', config.trustedProxies ?? []);
  // Parameters are parsed by the endpoints themselves, strictly.
  app.set('query parser', false);
  app.set(CHECK_ANSWERS, checkAnswers === true);
  app.set(CALLERS, services.callers);
  return app;
}
