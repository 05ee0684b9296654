import { Router } from 'express';
import { cursorOf } from '#server/http/cursor.ts';
import { mount } from '#server/http/mount.ts';
import { getHazardSource, listHazardSources } from './hazard-sources.contract.ts';
import type { HazardSourcesService } from './hazard-sources.service.ts';

const cursor = cursorOf(['id']);

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
  mount(router, getHazardSource, ({ params, query }) => hazardSources.get(params.id, query.basis));
  return router;
}
