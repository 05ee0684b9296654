import { Router } from 'express';
import { cursorOf } from '#server/http/cursor.ts';
import { mount } from '#server/http/mount.ts';
import {
  createHazardSource,
  deleteHazardSource,
  getHazardSource,
  listHazardSources,
  restoreHazardSource,
  updateHazardSource,
} from './hazard-sources.contract.ts';
import type { HazardSourcesService } from './hazard-sources.service.ts';

const cursor = cursorOf(['id']);

type Versioned = { readonly id: string; readonly version: number };
const version = (answer: Versioned): number => answer.version;
const location = ({ id }: Versioned): string => `/api/v1/hazard-sources/${id}`;

export function hazardSourceRoutes(hazardSources: HazardSourcesService): Router {
  const router = Router();
  mount(router, listHazardSources, async ({ query }) => {
    const { basis, limit, riskPoint } = query;
    const after = cursor.read(query.cursor);
    const found = await hazardSources.list(basis, { riskPoint, after, limit: limit + 1 });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return { items, next: last && found.length > limit ? cursor.write([last.id]) : null };
  });
  mount(router, getHazardSource, ({ params, query }) => hazardSources.get(params.id, query.basis), {
    version,
  });
  mount(
    router,
    createHazardSource,
    ({ body, idempotencyKey }) => hazardSources.create(body, idempotencyKey),
    { version, location, rules: (sound) => hazardSources.faults(sound) },
  );
  mount(
    router,
    updateHazardSource,
    ({ params, body, ifMatch }) => hazardSources.update(params.id, body, ifMatch),
    { version },
  );
  mount(router, deleteHazardSource, ({ params, query, ifMatch }) =>
    hazardSources.remove(params.id, query.reason, ifMatch),
  );
  mount(router, restoreHazardSource, ({ params }) => hazardSources.restore(params.id), { version });
  return router;
}
