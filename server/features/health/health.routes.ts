import { Router } from 'express';
import type { Bilingual } from '#server/domain/bilingual.ts';
import { mount } from '#server/http/mount.ts';
import { RequestRefusedError } from '#server/http/request-errors.ts';
import { getHealthz, getReadyz } from './health.contract.ts';

/** One thing that must hold before requests can be answered. `passes` may throw: then it does not hold. */
export type ReadyCheck = {
  readonly names: Bilingual;
  readonly passes: () => Promise<boolean>;
};

/** An orchestrator asks often and gives up fast; an answer must come before it does. */
const CHECK_MS = 3_000;

export function healthRoutes({ checks }: { readonly checks: readonly ReadyCheck[] }): Router {
  const router = Router();
  mount(router, getHealthz, () => ({ status: 'ok' as const }));
  mount(router, getReadyz, async () => {
    const failed = await failedChecks(checks);
    if (failed.length > 0) {
      const detail = {
        zh: `尚未就绪：${failed.map(({ zh }) => zh).join('、')}。`,
        en: `Not ready: ${failed.map(({ en }) => en).join(', ')}.`,
      };
      throw new RequestRefusedError('overloaded', detail, { 'Retry-After': '5' });
    }
    return { status: 'ready' as const, checks: checks.map(({ names }) => names.en) };
  });
  return router;
}

async function failedChecks(checks: readonly ReadyCheck[]): Promise<readonly Bilingual[]> {
  const failed: Bilingual[] = [];
  // One after the other: the embedded engine has one connection, and the first to fail explains the rest.
  for (const { names, passes } of checks) {
    if (!(await inTime(passes()))) failed.push(names);
  }
  return failed;
}

async function inTime(check: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, CHECK_MS, false);
  });
  try {
    return await Promise.race([check, late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
