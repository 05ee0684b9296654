import type { RegisterDeps } from '#server/db/register-rows.ts';
import type { Work } from '#server/db/transaction.ts';
import { calendarDay } from '#server/domain/calendar-day.ts';
import { dynamicLevel } from '#server/domain/dynamic-level.ts';
import type { DynamicLevel } from '#server/domain/dynamic-level.ts';
import { NotFoundError } from '#server/domain/errors.ts';
import type { ControlMeasure, HazardSource } from '#server/domain/hazard-source.ts';
import type { Basis, Level, State } from '#server/domain/level.ts';
import { riskPointReasons } from '#server/domain/risk-point-reasons.ts';
import type { DecidingAssessment, ReasonStep } from '#server/domain/risk-point-reasons.ts';
import { countInCube } from './cube-count.store.ts';
import { pointSubjects } from './point-subjects.store.ts';
import type { PointSubject } from './point-subjects.store.ts';
import { createRiskPointEdits } from './risk-point-edits.service.ts';
import {
  countRiskPoints,
  findRiskPoint,
  getPointPage,
  listRiskPoints,
} from './risk-points.store.ts';
import type { PointPage, RiskPoint, RiskPointFilter, RiskPointPlace } from './risk-points.store.ts';

type Transaction = Parameters<Work<unknown>>[0];

export type RiskPointsDeps = RegisterDeps & {
  /** IANA name: days in words are days there. */
  readonly timeZone: string;
  readonly sourcesOf: (
    trx: Transaction,
    view: { readonly basis: Basis; readonly now: number },
    page: { readonly riskPoint: string },
  ) => Promise<readonly HazardSource[]>;
  readonly measuresOf: (
    trx: Transaction,
    owner: { readonly riskPoint: string },
  ) => Promise<readonly ControlMeasure[]>;
};

export type RiskPointPage = {
  readonly items: readonly RiskPoint[];
  /** On the first page only: counting may look at every row. */
  readonly total: number | null;
};

export type RiskPointDetail = RiskPoint &
  PointPage & {
    readonly hazardSources: readonly HazardSource[];
    readonly measures: readonly ControlMeasure[];
  };

export type JudgedSubject = PointSubject & {
  readonly state: State;
  readonly level: Level | null;
  readonly lastLevel: Level | null;
  readonly decides: boolean;
};

export type RiskPointWhy = {
  readonly point: RiskPoint;
  readonly subjects: readonly JudgedSubject[];
  readonly deciding: JudgedSubject | null;
  readonly dynamic: DynamicLevel;
  readonly steps: readonly ReasonStep[];
};

export type RiskPointsService = ReturnType<typeof createRiskPoints>;

export function createRiskPoints(deps: RiskPointsDeps) {
  const { read, clock, timeZone } = deps;
  return {
    ...createRiskPointEdits(deps, (trx, id, basis) => getDetail(trx, deps, id, basis)),

    list: (
      filter: RiskPointFilter,
      after: RiskPointPlace | null,
      limit: number,
    ): Promise<RiskPointPage> =>
      read(async (trx) => ({
        items: await listRiskPoints(trx, filter, after, limit),
        total: after === null ? await countMatches(trx, filter) : null,
      })),

    /** Throws NotFoundError. */
    get: (id: string, basis: Basis): Promise<RiskPointDetail> =>
      read((trx) => getDetail(trx, deps, id, basis)),

    /** Throws NotFoundError. */
    why: (id: string, basis: Basis): Promise<RiskPointWhy> =>
      read(async (trx) => {
        const point = await getRiskPoint(trx, id, basis);
        const now = clock();
        return explain(point, await pointSubjects(trx, id, basis, now), { now, timeZone });
      }),
  };
}

async function countMatches(trx: Transaction, filter: RiskPointFilter): Promise<number> {
  return (await countInCube(trx, filter)) ?? countRiskPoints(trx, filter);
}

async function getDetail(
  trx: Transaction,
  { clock, sourcesOf, measuresOf }: RiskPointsDeps,
  id: string,
  basis: Basis,
): Promise<RiskPointDetail> {
  const point = await getRiskPoint(trx, id, basis);
  const sources = await sourcesOf(trx, { basis, now: clock() }, { riskPoint: id });
  return {
    ...point,
    ...(await getPointPage(trx, id)),
    hazardSources: sources.toSorted((a, b) => severity(a) - severity(b)),
    measures: await measuresOf(trx, { riskPoint: id }),
  };
}

async function getRiskPoint(trx: Transaction, id: string, basis: Basis): Promise<RiskPoint> {
  const point = await findRiskPoint(trx, id, basis);
  if (point === null) throw new NotFoundError('risk point', id);
  return point;
}

/** Worst first; a lapsed level after those in force, what was never assessed last. */
function severity({ level, lastLevel }: HazardSource): number {
  return level ?? (lastLevel === null ? 9 : 4 + lastLevel);
}

function explain(
  point: RiskPoint,
  found: readonly PointSubject[],
  { now, timeZone }: { readonly now: number; readonly timeZone: string },
): RiskPointWhy {
  // A point is a subject of its own only where it was assessed itself or has no sources.
  const hasSources = found.some(({ kind }) => kind === 'hazard_source');
  const subjects = found
    .filter(({ kind, assessment }) => kind === 'hazard_source' || assessment || !hasSources)
    .map((subject) => judge(subject, point, now));
  const deciding = subjects.find(({ decides }) => decides) ?? null;
  const dynamic = dynamicLevel({ level: point.level, signals: [] });
  const steps = riskPointReasons({
    ...point,
    deciding: deciding && toDeciding(deciding, timeZone),
    subjects: {
      all: subjects.length,
      assessed: subjects.filter(({ state }) => state === 'assessed').length,
    },
    dynamic,
  });
  return { point, subjects, deciding, dynamic, steps };
}

function judge(subject: PointSubject, point: RiskPoint, now: number): JudgedSubject {
  const { assessment } = subject;
  const decides = assessment !== null && assessment.id === point.decidedBy;
  if (point.state === 'not_applicable') {
    const lastLevel = assessment?.level ?? null;
    return { ...subject, state: 'not_applicable', level: null, lastLevel, decides };
  }
  if (assessment === null) {
    return { ...subject, state: 'not_assessed', level: null, lastLevel: null, decides };
  }
  const isInForce = assessment.validUntil === null || now < assessment.validUntil;
  return isInForce
    ? { ...subject, state: 'assessed', level: assessment.level, lastLevel: null, decides }
    : { ...subject, state: 'expired', level: null, lastLevel: assessment.level, decides };
}

function toDeciding(
  { names, assessment }: JudgedSubject,
  timeZone: string,
): DecidingAssessment | null {
  if (assessment === null) return null;
  const { explanation, validUntil } = assessment;
  const lapsesOn = validUntil === null ? null : calendarDay(validUntil, timeZone);
  return { subject: names, explanation, lapsesOn };
}
