import { Router } from 'express';
import { cursorOf } from '#server/http/cursor.ts';
import { mount } from '#server/http/mount.ts';
import { getEnterprise, listEnterprises } from './enterprises.contract.ts';
import type { Enterprise } from './enterprises.contract.ts';
import type { CountedEnterprise, EnterprisesService } from './enterprises.service.ts';

const cursor = cursorOf(['integer', 'text', 'id']);

export function enterpriseRoutes(enterprises: EnterprisesService): Router {
  const router = Router();
  mount(router, listEnterprises, async ({ query }) => {
    const { limit, cursor: given, ...filter } = query;
    const { items, total } = await enterprises.list(filter, cursor.read(given), limit + 1);
    const page = items.slice(0, limit);
    const last = page.at(-1);
    const hasMore = last !== undefined && items.length > limit;
    return {
      items: page.map(toEnterprise),
      next: hasMore ? cursor.write([last.severity, last.names.zh, last.id]) : null,
      ...(total === null ? {} : { total }),
    };
  });
  mount(router, getEnterprise, async ({ params, query }) =>
    toEnterprise(await enterprises.get(params.id, query.basis)),
  );
  return router;
}

function toEnterprise(row: CountedEnterprise): Enterprise {
  return {
    id: row.id,
    cityCode: row.cityCode,
    regionCode: row.regionCode,
    regionPath: [...row.regionPath],
    regionFlag: row.regionFlag,
    names: row.names,
    uscc: row.uscc,
    lifecycle: row.lifecycle,
    fields: [...row.fields],
    industry: row.industry,
    address: row.address,
    principalPost: row.principalPost,
    position: [...row.position],
    demo: row.demo,
    basis: row.basis,
    state: row.state,
    level: row.level,
    lastLevel: row.lastLevel,
    counts: row.counts,
  };
}
