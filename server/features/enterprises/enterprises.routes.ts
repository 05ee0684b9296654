import { Router } from 'express';
import { cursorOf } from '#server/http/cursor.ts';
import { mount } from '#server/http/mount.ts';
import {
  createEnterprise,
  deleteEnterprise,
  getEnterprise,
  listEnterprises,
  restoreEnterprise,
  updateEnterprise,
} from './enterprises.contract.ts';
import type {
  Enterprise as EnterpriseAnswer,
  EnterpriseDetail as DetailAnswer,
} from './enterprises.contract.ts';
import type { Counted, CountedEnterprise, EnterprisesService } from './enterprises.service.ts';
import type { EnterpriseDetail } from './enterprises.store.ts';

const cursor = cursorOf(['integer', 'text', 'id']);

type Versioned = { readonly id: string; readonly version: number };

const version = (answer: Versioned): number => answer.version;
const location = ({ id }: Versioned): string => `/api/v1/enterprises/${id}`;

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
  mount(
    router,
    getEnterprise,
    async ({ params, query }) => toDetail(await enterprises.get(params.id, query.basis)),
    { version },
  );
  mountEdits(router, enterprises);
  return router;
}

function mountEdits(router: Router, enterprises: EnterprisesService): void {
  mount(
    router,
    createEnterprise,
    async ({ body, idempotencyKey }) => toDetail(await enterprises.create(body, idempotencyKey)),
    { version, location, rules: (sound) => enterprises.faults(sound) },
  );
  mount(
    router,
    updateEnterprise,
    async ({ params, body, ifMatch }) =>
      toDetail(await enterprises.update(params.id, body, ifMatch)),
    { version, rules: (sound, { id }) => enterprises.faults(sound, id) },
  );
  mount(router, deleteEnterprise, ({ params, query, ifMatch }) =>
    enterprises.remove(params.id, query.reason, ifMatch),
  );
  mount(
    router,
    restoreEnterprise,
    async ({ params }) => toDetail(await enterprises.restore(params.id)),
    { version },
  );
}

function toDetail(row: Counted<EnterpriseDetail>): DetailAnswer {
  const { usccReason, statedRegionCode, attributes, origin } = row;
  return {
    ...toEnterprise(row),
    usccReason,
    principalName: row.principalName,
    statedRegionCode,
    attributes: { ...attributes },
    origin,
    withheld: [...row.withheld],
  };
}

function toEnterprise(row: CountedEnterprise): EnterpriseAnswer {
  return {
    id: row.id,
    version: row.version,
    cityCode: row.cityCode,
    regionCode: row.regionCode,
    regionPath: [...row.regionPath],
    regionFlag: row.regionFlag,
    names: row.names,
    uscc: row.uscc,
    lifecycle: row.lifecycle,
    fields: [...row.fields],
    category: row.category,
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
