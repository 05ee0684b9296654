import { Router } from 'express';
import { cursorOf } from '#server/http/cursor.ts';
import { mount } from '#server/http/mount.ts';
import { listDeletions } from './deletions.contract.ts';
import type { DeletedRecord } from './deletions.contract.ts';
import type { DeletionsService } from './deletions.service.ts';
import type { StandingDeletion } from './deletions.store.ts';

const cursor = cursorOf(['instant', 'id']);

export function deletionRoutes(deletions: DeletionsService): Router {
  const router = Router();
  mount(router, listDeletions, async ({ query: { region, limit, cursor: given } }) => {
    const items = await deletions.list(region, cursor.read(given), limit + 1);
    const page = items.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map(toWire),
      next: last && items.length > limit ? cursor.write([last.at, last.id]) : null,
    };
  });
  return router;
}

function toWire(deletion: StandingDeletion): DeletedRecord {
  return { ...deletion, regionPath: [...deletion.regionPath] };
}
