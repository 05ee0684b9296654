import { Router } from 'express';
import { cursorOf } from '#server/http/cursor.ts';
import { mountDownload } from '#server/http/download.ts';
import { mount } from '#server/http/mount.ts';
import { getAuditFile, listAudit, listAuditAccounts } from './audit.contract.ts';
import { auditFile } from './audit-file.ts';
import type { AuditService, AuditView } from './audit.service.ts';

const cursor = cursorOf(['integer']);

export type AuditRoutesDeps = {
  readonly audit: AuditService;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** IANA name: times are printed as the clocks there show them. */
  readonly timeZone: string;
};

export function auditRoutes({ audit, clock, timeZone }: AuditRoutesDeps): Router {
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
  mount(router, listAuditAccounts, async () => ({ items: [...(await audit.actors())] }));
  mountDownload(router, getAuditFile, ({ query, locale }) => {
    const { language = locale, ...filter } = query;
    const options = { filter, language, now: clock(), timeZone };
    return Promise.resolve(auditFile(audit.pages(filter), options));
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
