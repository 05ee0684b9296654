import { Router } from 'express';
import { cursorOf } from '#server/http/cursor.ts';
import { mount } from '#server/http/mount.ts';
import { listAudit } from './audit.contract.ts';
import type { AuditService, AuditView } from './audit.service.ts';

const cursor = cursorOf(['integer']);

export function auditRoutes(audit: AuditService): Router {
  const router = Router();
  mount(router, listAudit, async ({ query }) => {
    const { limit, cursor: given, ...filter } = query;
    const before = cursor.read(given)?.[0] ?? null;
    const found = await audit.list(filter, { before, limit: limit + 1 });
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const hasMore = last !== undefined && found.length > limit;
    return { items: page.map(toEvent), next: hasMore ? cursor.write([last.seq]) : null };
  });
  return router;
}

function toEvent({ accountId, accountName, at, ...event }: AuditView) {
  return {
    ...event,
    at: at.toISOString(),
    account: accountId === null ? null : { id: accountId, name: accountName },
  };
}
