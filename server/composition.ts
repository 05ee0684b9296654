import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { RequestHandler } from 'express';
import type { Config } from './config.ts';
import type { Database } from './db/open-database.ts';
import { calendarDay } from './domain/calendar-day.ts';
import type { About } from './features/about/about.contract.ts';
import { readRegister } from './features/about/about.store.ts';
import type { Register } from './features/about/about.store.ts';
import { createAssessments } from './features/assessments/assessments.service.ts';
import type { AssessmentsService } from './features/assessments/assessments.service.ts';
import { startDueLevels } from './features/assessments/due-levels.ts';
import { createEnterprises } from './features/enterprises/enterprises.service.ts';
import type { EnterprisesService } from './features/enterprises/enterprises.service.ts';
import { createHazardSources } from './features/hazard-sources/hazard-sources.service.ts';
import type { HazardSourcesService } from './features/hazard-sources/hazard-sources.service.ts';
import { listHazardSources, listMeasures } from './features/hazard-sources/hazard-sources.store.ts';
import type { ReadyCheck } from './features/health/health.routes.ts';
import { createJurisdictions } from './features/jurisdictions/jurisdictions.service.ts';
import type { JurisdictionsService } from './features/jurisdictions/jurisdictions.service.ts';
import { createMethodsService } from './features/methods/methods.service.ts';
import type { MethodsService } from './features/methods/methods.service.ts';
import { createRegions, regionSummaries } from './features/regions/regions.service.ts';
import type { RegionsService } from './features/regions/regions.service.ts';
import { createRiskPoints } from './features/risk-points/risk-points.service.ts';
import type { RiskPointsService } from './features/risk-points/risk-points.service.ts';
import { createTilesService } from './features/tiles/tiles.service.ts';
import type { TilesService } from './features/tiles/tiles.service.ts';
import { tokenBucket } from './http/token-bucket.ts';
import type { Log } from './log.ts';
import { projectRoot } from './project-root.ts';
import { readyChecks } from './ready-checks.ts';

/** What the routes need, one member for each feature: its name is the feature's, its type what `xRoutes` takes. */
export type Services = {
  readonly health: { readonly checks: readonly ReadyCheck[] };
  readonly about: {
    readonly version: string;
    readonly engine: Database['engine'];
    readonly timeZone: string;
    readonly credits: About['credits'];
    readonly clock: () => number;
    readonly read: () => Promise<Register>;
  };
  readonly methods: { readonly methods: MethodsService; readonly evaluateLimit: RequestHandler };
  readonly assessments: AssessmentsService;
  readonly regions: RegionsService;
  readonly jurisdictions: JurisdictionsService;
  readonly enterprises: EnterprisesService;
  readonly riskPoints: RiskPointsService;
  readonly hazardSources: HazardSourcesService;
  readonly tiles: TilesService;
  /** Work without a caller, begun when the service listens. */
  readonly jobs: readonly Job[];
};

type Job = {
  /** Returns what stops it and waits for work under way. */
  readonly start: () => () => Promise<void>;
};

export type ServiceParts = {
  readonly db: Database;
  /** Epoch milliseconds, UTC. */
  readonly clock: () => number;
  /** A new UUIDv7. */
  readonly newId: () => string;
  readonly log: Log;
  readonly config: Config;
};

/** The only place where things are constructed and features get what they need of each other, as narrow functions. */
export function createServices({ db, clock, newId, log, config }: ServiceParts): Services {
  const today = () => calendarDay(clock(), config.timeZone);
  const onError = (error: unknown) => log.error({ err: error }, 'due levels could not be moved');
  const tiles = createTilesService({ database: db, summariseRegions: regionSummaries });
  const methods = createMethodsService({ read: (work) => db.read(work), today });
  return {
    health: { checks: readyChecks(db, tiles) },
    about: {
      version: programVersion(),
      engine: db.engine,
      timeZone: config.timeZone,
      credits: readCredits(),
      clock,
      read: () => db.read(readRegister),
    },
    methods: { methods, evaluateLimit: tokenBucket({ capacity: 100, perSecond: 20 }) },
    assessments: createAssessments({
      read: (work) => db.read(work),
      write: (work) => db.write(work),
      clock,
      newId,
      timeZone: config.timeZone,
      definitionFor: (trx, query) => methods.definitionFor(trx, query),
    }),
    regions: createRegions((work) => db.read(work)),
    jurisdictions: createJurisdictions((work) => db.read(work)),
    enterprises: createEnterprises((work) => db.read(work)),
    riskPoints: createRiskPoints({
      read: (work) => db.read(work),
      clock,
      timeZone: config.timeZone,
      sourcesOf: listHazardSources,
      measuresOf: listMeasures,
    }),
    hazardSources: createHazardSources({ read: (work) => db.read(work), clock }),
    tiles,
    jobs: [{ start: () => startDueLevels({ write: (work) => db.write(work), clock, onError }) }],
  };
}

export function programVersion(): string {
  const file = path.join(projectRoot, 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

function readCredits(): About['credits'] {
  const file = path.join(projectRoot, 'data', 'credits.json');
  return JSON.parse(readFileSync(file, 'utf8')) as About['credits'];
}
