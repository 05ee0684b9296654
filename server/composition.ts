import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { RequestHandler } from 'express';
import type { Config } from './config.ts';
import type { Database } from './db/open-database.ts';
import type { RegisterDeps } from './db/register-rows.ts';
import { retryDeadlock } from './db/retry-deadlock.ts';
import { calendarDay } from './domain/calendar-day.ts';
import type { About } from './features/about/about.contract.ts';
import { readRegister } from './features/about/about.store.ts';
import type { Register } from './features/about/about.store.ts';
import type { CallersService } from './features/accounts/callers.service.ts';
import type { AccountRoutesDeps } from './features/accounts/accounts.routes.ts';
import type { SessionRoutesDeps } from './features/accounts/session.routes.ts';
import type { AuditRoutesDeps } from './features/audit/audit.routes.ts';
import { createAssessments } from './features/assessments/assessments.service.ts';
import type { AssessmentsService } from './features/assessments/assessments.service.ts';
import { storeAssessments } from './features/assessments/bulk-assessments.ts';
import { refreshEnterprises, refreshPoints } from './features/assessments/level-periods.store.ts';
import { recordLevels } from './features/assessments/record-levels.ts';
import { startDueLevels } from './features/assessments/due-levels.ts';
import { createDeletions } from './features/deletions/deletions.service.ts';
import type { DeletionsService } from './features/deletions/deletions.service.ts';
import { createEnterprises } from './features/enterprises/enterprises.service.ts';
import type { EnterprisesService } from './features/enterprises/enterprises.service.ts';
import { enterpriseAttributeKeys } from './features/enterprises/attribute-keys.store.ts';
import { countEnterprises, listEnterprises } from './features/enterprises/enterprises.store.ts';
import { createExportFeature } from './features/exports/exports.ts';
import type { ExportFeature } from './features/exports/exports.ts';
import { createHazardSources } from './features/hazard-sources/hazard-sources.service.ts';
import type { HazardSourcesService } from './features/hazard-sources/hazard-sources.service.ts';
import {
  findHazardSource,
  listHazardSources,
} from './features/hazard-sources/hazard-sources.store.ts';
import { createImportFeature } from './features/imports/imports.ts';
import type { ImportFeature } from './features/imports/imports.ts';
import type { ReadyCheck } from './features/health/health.routes.ts';
import { createJurisdictions } from './features/jurisdictions/jurisdictions.service.ts';
import type { JurisdictionsService } from './features/jurisdictions/jurisdictions.service.ts';
import { createMeasures } from './features/measures/measures.service.ts';
import type { MeasuresService } from './features/measures/measures.service.ts';
import { measuresOf } from './features/measures/measures.store.ts';
import { createMethodsService } from './features/methods/methods.service.ts';
import type { MethodsService } from './features/methods/methods.service.ts';
import { listMethods } from './features/methods/methods.store.ts';
import { toldAreas } from './features/publication/publication.service.ts';
import type { PublicationService } from './features/publication/publication.service.ts';
import { createRegisterFaults } from './features/register-faults/register-faults.service.ts';
import type { RegisterFaultsService } from './features/register-faults/register-faults.service.ts';
import { createRegions, regionSummaries } from './features/regions/regions.service.ts';
import type { RegionsService } from './features/regions/regions.service.ts';
import {
  pointAttributeKeys,
  sourceAttributeKeys,
} from './features/risk-points/attribute-keys.store.ts';
import { countInCube } from './features/risk-points/cube-count.store.ts';
import { createRiskPoints } from './features/risk-points/risk-points.service.ts';
import type { RiskPointsService } from './features/risk-points/risk-points.service.ts';
import { countRiskPoints, listRiskPoints } from './features/risk-points/risk-points.store.ts';
import { createSearch } from './features/search/search.service.ts';
import type { SearchService } from './features/search/search.service.ts';
import { createTilesService } from './features/tiles/tiles.service.ts';
import type { TilesService } from './features/tiles/tiles.service.ts';
import { tokenBucket } from './http/token-bucket.ts';
import type { Log } from './log.ts';
import { peopleFeatures } from './people.ts';
import { projectRoot } from './project-root.ts';
import { publicationFeature } from './publication.ts';
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
  readonly session: SessionRoutesDeps & { readonly callers: CallersService };
  readonly accounts: AccountRoutesDeps;
  readonly audit: AuditRoutesDeps;
  /** Whose the credentials of a request are, and what he may see. */
  readonly callers: CallersService;
  readonly methods: { readonly methods: MethodsService; readonly evaluateLimit: RequestHandler };
  readonly assessments: AssessmentsService;
  readonly regions: RegionsService;
  readonly jurisdictions: JurisdictionsService;
  readonly publication: PublicationService;
  readonly enterprises: EnterprisesService;
  readonly riskPoints: RiskPointsService;
  readonly hazardSources: HazardSourcesService;
  readonly measures: MeasuresService;
  readonly registerFaults: RegisterFaultsService;
  readonly deletions: DeletionsService;
  readonly imports: ImportFeature;
  readonly exports: ExportFeature;
  readonly tiles: TilesService;
  readonly search: SearchService;
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
  const tiles = createTilesService({ database: db, summariseRegions: regionSummaries, toldAreas });
  const methods = createMethodsService({ read: (work) => db.read(work), today });
  const register = registerDeps({ db, clock, newId });
  const imports = importFeature({ db, log, config }, register);
  const publication = publicationFeature({ db, clock, log, config });
  const people = peopleFeatures({ db, clock, newId, log, config });
  return {
    health: { checks: readyChecks(db, tiles) },
    about: aboutPart({ db, clock, config }),
    ...people,
    methods: { methods, evaluateLimit: tokenBucket({ capacity: 100, perSecond: 20 }) },
    assessments: createAssessments({
      ...register,
      timeZone: config.timeZone,
      definitionFor: (trx, query) => methods.definitionFor(trx, query),
    }),
    regions: createRegions((work) => db.read(work)),
    jurisdictions: createJurisdictions((work) => db.read(work)),
    publication,
    ...registerFeatures(register, config.timeZone),
    imports,
    exports: exportFeature(register, config.timeZone),
    tiles,
    search: searchFeature({ db, clock }),
    jobs: [
      dueLevelsJob({ db, clock, log }),
      imports.imports.job,
      people.audit.audit.job,
      publication.job,
      imports.uploadsJob,
    ],
  };
}

function dueLevelsJob({ db, clock, log }: Parts<'db' | 'clock' | 'log'>): Job {
  const onError = (error: unknown) => log.error({ err: error }, 'due levels could not be moved');
  return { start: () => startDueLevels({ write: (work) => db.write(work), clock, onError }) };
}

function exportFeature({ read, clock }: RegisterDeps, timeZone: string): ExportFeature {
  return createExportFeature({ ...exportLists, read, clock, timeZone });
}

function searchFeature({ db, clock }: Parts<'db' | 'clock'>): SearchService {
  return createSearch({
    read: (work) => db.read(work),
    summariseRegions: regionSummaries,
    stateOfSource: (trx, id, basis) => findHazardSource(trx, id, { basis, now: clock() }),
  });
}

/** The lists that files are made of, as their own pages show them. */
const exportLists = {
  points: {
    page: listRiskPoints,
    count: countListed,
    attributeKeys: pointAttributeKeys,
    sourceAttributeKeys,
  },
  enterprises: {
    page: listEnterprises,
    count: countEnterprises,
    attributeKeys: enterpriseAttributeKeys,
  },
};

async function countListed(...query: Parameters<typeof countRiskPoints>): Promise<number> {
  return (await countInCube(...query)) ?? countRiskPoints(...query);
}

async function definitionsIn(trx: Parameters<typeof listMethods>[0]) {
  return (await listMethods(trx)).flatMap((method) => method.versions);
}

type Parts<K extends keyof ServiceParts> = Pick<ServiceParts, K>;

/** What the features that change the register share: one way to read, to write and to move levels. */
function registerDeps({ db, clock, newId }: Parts<'db' | 'clock' | 'newId'>): RegisterDeps {
  return {
    read: (work) => db.read(work),
    write: retryDeadlock((work) => db.write(work)),
    clock,
    newId,
    recordLevels,
    refreshPoints,
    refreshEnterprises,
  };
}

function registerFeatures(register: RegisterDeps, timeZone: string) {
  return {
    enterprises: createEnterprises(register),
    riskPoints: createRiskPoints({
      ...register,
      timeZone,
      sourcesOf: listHazardSources,
      measuresOf,
    }),
    hazardSources: createHazardSources({ ...register, measuresOf }),
    measures: createMeasures(register),
    registerFaults: createRegisterFaults(register.read),
    deletions: createDeletions(register.read),
  };
}

function importFeature(
  { db, log, config }: Parts<'db' | 'log' | 'config'>,
  register: RegisterDeps,
) {
  return createImportFeature({
    ...register,
    writeBulk: (work) => db.writeBulk(work),
    flush: () => db.flush(),
    onError: (error) => log.error({ err: error }, 'import failed'),
    timeZone: config.timeZone,
    definitions: () => db.read(definitionsIn),
    storeAssessments: async (trx, drafts) =>
      storeAssessments(trx, await definitionsIn(trx), drafts, config.timeZone),
  });
}

function aboutPart({ db, clock, config }: Parts<'db' | 'clock' | 'config'>): Services['about'] {
  return {
    version: programVersion(),
    engine: db.engine,
    timeZone: config.timeZone,
    credits: readCredits(),
    clock,
    read: () => db.read(readRegister),
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
