import { Router } from 'express';
import { cursorOf } from '#server/http/cursor.ts';
import { mount } from '#server/http/mount.ts';
import {
  getJurisdiction,
  getJurisdictionSummary,
  listJurisdictions,
} from './jurisdictions.contract.ts';
import type { JurisdictionsService } from './jurisdictions.service.ts';

const cursor = cursorOf(['text', 'id']);

export function jurisdictionRoutes(jurisdictions: JurisdictionsService): Router {
  const router = Router();
  mount(router, listJurisdictions, async ({ query }) => {
    const found = await jurisdictions.list(cursor.read(query.cursor), query.limit + 1);
    const items = found.slice(0, query.limit);
    const last = items.at(-1);
    const hasMore = last !== undefined && found.length > query.limit;
    return { items, next: hasMore ? cursor.write([last.names.zh, last.id]) : null };
  });
  mount(router, getJurisdiction, ({ params }) => jurisdictions.get(params.id));
  mount(router, getJurisdictionSummary, ({ params, query }) =>
    jurisdictions.summary(params.id, query.basis),
  );
  return router;
}
