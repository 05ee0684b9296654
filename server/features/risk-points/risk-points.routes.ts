import { Router } from 'express';
import { WORST_OF_RULE } from '#server/domain/risk-point-reasons.ts';
import { cursorOf } from '#server/http/cursor.ts';
import { mount } from '#server/http/mount.ts';
import { getRiskPoint, getRiskPointWhy, listRiskPoints } from './risk-points.contract.ts';
import type {
  RiskPoint as RiskPointAnswer,
  RiskPointWhy as WhyAnswer,
} from './risk-points.contract.ts';
import type { JudgedSubject, RiskPointsService, RiskPointWhy } from './risk-points.service.ts';
import type { RiskPoint } from './risk-points.store.ts';

const cursor = cursorOf(['integer', 'text', 'id']);

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
  mount(router, getRiskPoint, async ({ params, query }) => {
    const detail = await riskPoints.get(params.id, query.basis);
    const { geometry, hazardSources, measures } = detail;
    return { ...toRiskPoint(detail), geometry, hazardSources, measures };
  });
  mount(router, getRiskPointWhy, async ({ params, query }) =>
    toWhy(await riskPoints.why(params.id, query.basis)),
  );
  return router;
}

function toRiskPoint(row: RiskPoint): RiskPointAnswer {
  return {
    id: row.id,
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
