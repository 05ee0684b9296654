import { Router } from 'express';
import { WORST_OF_RULE } from '#server/domain/risk-point-reasons.ts';
import { cursorOf } from '#server/http/cursor.ts';
import { mount } from '#server/http/mount.ts';
import type { Answer } from '#server/http/mount.ts';
import {
  createRiskPoint,
  deleteRiskPoint,
  getRiskPoint,
  getRiskPointWhy,
  listRiskPoints,
  restoreRiskPoint,
  updateRiskPoint,
} from './risk-points.contract.ts';
import type {
  RiskPoint as RiskPointAnswer,
  riskPointDetail,
  RiskPointWhy as WhyAnswer,
} from './risk-points.contract.ts';
import type {
  JudgedSubject,
  RiskPointDetail,
  RiskPointsService,
  RiskPointWhy,
} from './risk-points.service.ts';
import type { RiskPoint } from './risk-points.store.ts';

const cursor = cursorOf(['integer', 'text', 'id']);

type Versioned = { readonly id: string; readonly version: number };
const version = (answer: Versioned): number => answer.version;
const location = ({ id }: Versioned): string => `/api/v1/risk-points/${id}`;

export function riskPointRoutes(riskPoints: RiskPointsService): Router {
  const router = Router();
  mount(router, listRiskPoints, async ({ query }) => {
    const { limit, cursor: given, ...filter } = query;
    const { items, total } = await riskPoints.list(filter, cursor.read(given), limit + 1);
    const page = items.slice(0, limit);
    const last = page.at(-1);
    const hasMore = last !== undefined && items.length > limit;
    return {
      items: page.map(toRiskPoint),
      next: hasMore ? cursor.write([last.severity, last.names.zh, last.id]) : null,
      ...(total === null ? {} : { total }),
    };
  });
  mount(
    router,
    getRiskPoint,
    async ({ params, query }) => toDetail(await riskPoints.get(params.id, query.basis)),
    { version },
  );
  mount(router, getRiskPointWhy, async ({ params, query }) =>
    toWhy(await riskPoints.why(params.id, query.basis)),
  );
  mountEdits(router, riskPoints);
  return router;
}

function mountEdits(router: Router, riskPoints: RiskPointsService): void {
  mount(
    router,
    createRiskPoint,
    async ({ body, idempotencyKey }) =>
      toDetail(await riskPoints.create(withInstant(body), idempotencyKey)),
    { version, location, rules: (sound) => riskPoints.faults(withInstant(sound)) },
  );
  mount(
    router,
    updateRiskPoint,
    async ({ params, body, ifMatch }) =>
      toDetail(await riskPoints.update(params.id, withInstant(body), ifMatch)),
    { version, rules: (sound, { id }) => riskPoints.faults(withInstant(sound), id) },
  );
  mount(router, deleteRiskPoint, ({ params, query, ifMatch }) =>
    riskPoints.remove(params.id, query.reason, ifMatch),
  );
  mount(
    router,
    restoreRiskPoint,
    async ({ params }) => toDetail(await riskPoints.restore(params.id)),
    { version },
  );
}

/** RFC 3339 → epoch milliseconds. */
function withInstant<B extends { readonly existsFrom?: string | undefined }>({
  existsFrom,
  ...body
}: B): Omit<B, 'existsFrom'> & { readonly existsFrom?: number } {
  return { ...body, ...(existsFrom === undefined ? {} : { existsFrom: Date.parse(existsFrom) }) };
}

function toDetail(detail: RiskPointDetail): Answer<typeof riskPointDetail> {
  const { geometry, hazardSources, measures, existsFrom, statedRegionCode } = detail;
  return {
    ...toRiskPoint(detail),
    person: detail.person,
    geometry,
    existsFrom: existsFrom.toISOString(),
    statedRegionCode,
    attributes: detail.attributes,
    origin: detail.origin,
    withheld: [...detail.withheld],
    hazardSources,
    measures,
  };
}

function toRiskPoint(row: RiskPoint): RiskPointAnswer {
  return {
    id: row.id,
    version: row.version,
    cityCode: row.cityCode,
    regionCode: row.regionCode,
    regionPath: [...row.regionPath],
    regionFlag: row.regionFlag,
    code: row.code,
    names: row.names,
    kind: row.kind,
    enterprise: row.enterprise,
    lifecycle: row.lifecycle,
    fields: [...row.fields],
    category: row.category,
    location: row.location,
    position: [...row.position],
    controlLevel: row.controlLevel,
    department: row.department,
    post: row.post,
    demo: row.demo,
    basis: row.basis,
    state: row.state,
    level: row.level,
    lastLevel: row.lastLevel,
    dynamicLevel: row.dynamicLevel,
    since: row.since.toISOString(),
    dueAt: row.dueAt?.toISOString() ?? null,
  };
}

function toWhy({ point, subjects, deciding, dynamic, steps }: RiskPointWhy): WhyAnswer {
  const { id, names, basis, state, level, lastLevel, dynamicLevel } = point;
  return {
    id,
    names,
    basis,
    state,
    level,
    lastLevel,
    dynamicLevel,
    rule: WORST_OF_RULE,
    deciding: deciding && toAssessment(deciding, point),
    subjects: subjects.map((subject) => ({
      kind: subject.kind,
      id: subject.id,
      names: subject.names,
      state: subject.state,
      level: subject.level,
      lastLevel: subject.lastLevel,
      decides: subject.decides,
      assessment: toAssessment(subject, point),
    })),
    dynamic: {
      level: dynamic.level,
      applies: dynamic.applies.map((applied) => ({
        id: applied.rule,
        text: applied.because,
        level: applied.level,
      })),
    },
    steps: [...steps],
  };
}

function toAssessment(
  { kind, id, assessment }: JudgedSubject,
  point: RiskPoint,
): WhyAnswer['deciding'] {
  if (assessment === null) return null;
  const { explanation, assessedAt, recordedAt, validUntil, ...rest } = assessment;
  return {
    ...rest,
    subjectKind: kind,
    subjectId: id,
    riskPointId: point.id,
    basis: point.basis,
    inputs: { ...rest.inputs },
    explanation: { ...explanation, factors: [...explanation.factors] },
    assessedAt: new Date(assessedAt).toISOString(),
    recordedAt: new Date(recordedAt).toISOString(),
    validUntil: validUntil === null ? null : new Date(validUntil).toISOString(),
  };
}
