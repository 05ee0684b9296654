import { Router } from 'express';
import { addMonths, calendarDay } from '#server/domain/calendar-day.ts';
import { mount } from '#server/http/mount.ts';
import { getAbout } from './about.contract.ts';
import type { About } from './about.contract.ts';
import type { Register } from './about.store.ts';

type Parts = {
  readonly version: string;
  readonly engine: About['engine'];
  readonly timeZone: string;
  readonly credits: About['credits'];
  readonly clock: () => number;
  readonly read: () => Promise<Register>;
};

/** After this the dates of the invented set no longer look like a register in use. */
const STALE_MONTHS = 6;
const DEMO_COMMAND = 'npm run cli -- demo remake';

export function aboutRoutes(parts: Parts): Router {
  const router = Router();
  mount(router, getAbout, async () => toAbout(parts, await parts.read()));
  return router;
}

function toAbout(parts: Parts, register: Register): About {
  const { version, engine, timeZone, credits, clock } = parts;
  const day = register.demonstrationDay;
  const isStale = day !== null && addMonths(day, STALE_MONTHS) <= calendarDay(clock(), timeZone);
  return {
    version,
    engine,
    timeZone,
    dataTime: (register.changedAt ?? new Date(clock())).toISOString(),
    demonstration:
      day === null ? null : { referenceDay: day, stale: isStale, command: DEMO_COMMAND },
    roots: [...register.roots],
    boundaries: [...register.boundaries],
    fields: [...register.fields],
    credits: [...credits],
  };
}
