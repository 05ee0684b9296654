import { Router } from 'express';
import type { z } from 'zod';
import type { Basis } from '#server/domain/level.ts';
import { cursorOf } from '#server/http/cursor.ts';
import { mount } from '#server/http/mount.ts';
import {
  assessHazardSource,
  assessRiskPoint,
  getAssessment,
  listHazardSourceAssessments,
  listRiskPointAssessments,
} from './assessments.contract.ts';
import type { Assessment, assessmentBody } from './assessments.contract.ts';
import type { AssessmentsService } from './assessments.service.ts';
import type { AssessmentRecord, Subject } from './assessments.store.ts';

const cursor = cursorOf(['instant', 'id']);

type ListInput = {
  readonly params: { readonly id: string };
  readonly query: {
    readonly basis?: Basis | undefined;
    readonly limit: number;
    readonly cursor?: string | undefined;
  };
};

type AssessInput = {
  readonly params: { readonly id: string };
  readonly body: z.output<typeof assessmentBody>;
  readonly idempotencyKey: string | null;
};

export function assessmentRoutes(assessments: AssessmentsService): Router {
  const router = Router();
  const list = async (kind: Subject['kind'], { params, query }: ListInput) => {
    const after = cursor.read(query.cursor);
    const page = {
      limit: query.limit + 1,
      after: after && { at: after[0], id: after[1] },
    };
    const records = await assessments.list(kind, params.id, query.basis, page);
    const items = records.slice(0, query.limit);
    const last = items.at(-1);
    const next =
      last && records.length > query.limit
        ? cursor.write([new Date(last.assessedAt).toISOString(), last.id])
        : null;
    return { items: items.map(toWire), next };
  };
  const assess = async (
    kind: Subject['kind'],
    { params, body, idempotencyKey }: AssessInput,
  ): Promise<Assessment> => toWire(await assessments.assess(kind, params.id, body, idempotencyKey));
  const location = ({ id }: { readonly id: string }): string => `/api/v1/assessments/${id}`;

  mount(router, listRiskPointAssessments, (input) => list('risk_point', input));
  mount(router, listHazardSourceAssessments, (input) => list('hazard_source', input));
  mount(router, assessRiskPoint, (input) => assess('risk_point', input), {
    location,
  });
  mount(router, assessHazardSource, (input) => assess('hazard_source', input), {
    location,
  });
  mount(router, getAssessment, async ({ params }) => toWire(await assessments.get(params.id)));
  return router;
}

/** An assessment as it goes over the wire; instants become RFC 3339. */
function toWire(record: AssessmentRecord): Assessment {
  const { explanation } = record;
  return {
    ...record,
    inputs: { ...record.inputs },
    explanation: { ...explanation, factors: [...explanation.factors] },
    assessedAt: new Date(record.assessedAt).toISOString(),
    recordedAt: new Date(record.recordedAt).toISOString(),
    validUntil: record.validUntil === null ? null : new Date(record.validUntil).toISOString(),
  };
}
