import { noteAudit } from '#server/db/note-audit.ts';
import { firstBrokenEvent, sealEvents } from '#server/features/audit/audit.store.ts';
import { closeTestDatabase, openTestDatabase } from '#tests/support/test-database.ts';
import type { TestDatabase } from '#tests/support/test-database.ts';

const EVENTS = 10_000;

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  for (let done = 0; done < EVENTS; done += 500) {
    await database.write(async (trx) => {
      for (let n = 0; n < 500; n += 1)
        await noteAudit(trx, { action: 'read', subjectId: `${done + n}` });
    });
  }
}, 240_000);
afterAll(() => closeTestDatabase(database));

const seal = () => database.write((trx) => sealEvents(trx, EVENTS));
const broken = () => database.read(firstBrokenEvent);

/** As somebody who owns the database could: past everything that forbids it. */
const tamper = (sql: string) =>
  database.asOwner(async (trx) => {
    await trx.raw('ALTER TABLE audit_events DISABLE TRIGGER USER');
    await trx.raw(sql);
    await trx.raw('ALTER TABLE audit_events ENABLE TRIGGER USER');
  });

describe('the chain of the audit', () => {
  it('holds after ten thousand events, however they are sealed', async () => {
    const together = await Promise.all([seal(), seal(), seal()]);

    expect(together.reduce((sum, n) => sum + n, 0)).toBe(EVENTS);
    expect(await broken()).toBeNull();
    const { rows } = await database.asOwner((trx) =>
      trx.raw<{ rows: { n: number; last: number }[] }>(
        'SELECT count(*)::int AS n, max(seq)::int AS last FROM audit_events',
      ),
    );
    expect(rows[0]).toEqual({ n: EVENTS, last: EVENTS });
  });

  it('shows one changed byte, and holds again when it is put back', async () => {
    await tamper("UPDATE audit_events SET subject_id = subject_id || 'x' WHERE seq = 4321");
    expect(await broken()).toBe(4321);
    await tamper('UPDATE audit_events SET subject_id = left(subject_id, -1) WHERE seq = 4321');
    expect(await broken()).toBeNull();
  });

  it.each([
    'UPDATE audit_events SET action = $$x$$ WHERE seq = 7',
    'DELETE FROM audit_events',
    'TRUNCATE audit_events',
  ])('is not changed by %s, not even by the owner', async (sql) => {
    await expect(database.asOwner((trx) => trx.raw(sql))).rejects.toThrow(/append-only/);
  });

  it('shows an event that is missing', async () => {
    await tamper('DELETE FROM audit_events WHERE seq = 5000');

    expect(await broken()).toBe(5000);
  });
});
