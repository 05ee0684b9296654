import { Router } from 'express';
import { mount } from '#server/http/mount.ts';
import { searchAll } from './search.contract.ts';
import type { SearchService } from './search.service.ts';

export function searchRoutes(search: SearchService): Router {
  const router = Router();
  mount(router, searchAll, ({ query }) => search.find(query));
  return router;
}
