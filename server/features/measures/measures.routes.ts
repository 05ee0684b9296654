import { Router } from 'express';
import { cursorOf } from '#server/http/cursor.ts';
import { mount } from '#server/http/mount.ts';
import {
  createMeasure,
  deleteMeasure,
  getMeasure,
  listMeasures,
  restoreMeasure,
  updateMeasure,
} from './measures.contract.ts';
import type { MeasuresService } from './measures.service.ts';

const cursor = cursorOf(['integer', 'id']);

type Versioned = { readonly id: string; readonly version: number };
const version = (answer: Versioned): number => answer.version;
const location = ({ id }: Versioned): string => `/api/v1/measures/${id}`;

export function measureRoutes(measures: MeasuresService): Router {
  const router = Router();
  mount(router, listMeasures, async ({ query }) => {
    const { limit, cursor: given, ...filter } = query;
    const found = await measures.list(filter, cursor.read(given), limit + 1);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const hasMore = last !== undefined && found.length > limit;
    return {
      items: page.map(({ rank: _rank, ...measure }) => measure),
      next: hasMore ? cursor.write([last.rank, last.id]) : null,
    };
  });
  mount(router, getMeasure, ({ params }) => measures.get(params.id), { version });
  mount(
    router,
    createMeasure,
    ({ body, idempotencyKey }) => measures.create(body, idempotencyKey),
    { version, location, rules: (sound) => measures.faults(sound) },
  );
  mount(
    router,
    updateMeasure,
    ({ params, body, ifMatch }) => measures.update(params.id, body, ifMatch),
    { version, rules: (sound, { id }) => measures.faults(sound, id) },
  );
  mount(router, deleteMeasure, ({ params, query, ifMatch }) =>
    measures.remove(params.id, query.reason, ifMatch),
  );
  mount(router, restoreMeasure, ({ params }) => measures.restore(params.id), { version });
  return router;
}
