import { Router } from 'express';
import { cursorOf } from '#server/http/cursor.ts';
import { mount } from '#server/http/mount.ts';
import { listRegisterFaults } from './register-faults.contract.ts';
import type { RegisterFault } from './register-faults.contract.ts';
import type { ListedFault, RegisterFaultsService } from './register-faults.service.ts';

const cursor = cursorOf(['integer', 'integer', 'text', 'id']);

export function registerFaultRoutes(registerFaults: RegisterFaultsService): Router {
  const router = Router();
  mount(router, listRegisterFaults, async ({ query }) => {
    const { limit, cursor: given, kind, ...filter } = query;
    const after = cursor.read(given);
    const { items, counts } = await registerFaults.list(filter, kind, after, limit + 1);
    const page = items.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map(toWire),
      ...(counts === null ? {} : { counts }),
      next: last && items.length > limit ? cursor.write(last.place) : null,
    };
  });
  return router;
}

function toWire(fault: ListedFault): RegisterFault {
  const { kind, subjectKind, subject, enterprise, regionPath, level, text } = fault;
  return {
    kind,
    subject: { kind: subjectKind, ...subject },
    enterprise,
    regionPath: [...regionPath],
    level,
    text,
  };
}
