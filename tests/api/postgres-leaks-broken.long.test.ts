import { PLACELESS } from '#server/domain/policy/caller.ts';
import type { Permission } from '#server/domain/policy/permission.ts';
import { findLeaks } from '#tests/support/leaks/probes.ts';
import { makeWorld } from '#tests/support/leaks/world.ts';
import type { World } from '#tests/support/leaks/world.ts';
import { seededRandom } from '#tests/support/seeded-random.ts';
import { TEST_NOW, testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

let app: TestApp;
let world: World;

beforeAll(async () => {
  app = await testApp();
  world = await makeWorld(app.database, TEST_NOW);
});
afterAll(() => app?.close());

const run = (sql: string) =>
  app.database.asOwner((trx) => trx.raw<{ rows: { sql: string }[] }>(sql));

/** The statement that puts a policy back as it is now. */
async function policyAsItIs(table: string): Promise<string> {
  const { rows } = await run(
    `SELECT format('ALTER POLICY seen ON %I USING (%s)', tablename, qual) AS sql FROM pg_policies
     WHERE tablename = '${table}' AND policyname = 'seen'`,
  );
  return rows[0]?.sql ?? '';
}

async function functionAsItIs(name: string): Promise<string> {
  const { rows } = await run(`SELECT pg_get_functiondef('${name}'::regproc) AS sql`);
  return rows[0]?.sql ?? '';
}

async function viewAsItIs(name: string): Promise<string> {
  const { rows } = await run(
    `SELECT format('CREATE OR REPLACE VIEW %s WITH (security_invoker = true) AS %s', '${name}',
       rtrim(pg_get_viewdef('${name}'::regclass), ';')) AS sql`,
  );
  return rows[0]?.sql ?? '';
}

type Broken = readonly [
  what: string,
  asItIs: () => Promise<string>,
  breaking: (now: string) => string,
];

const open = (...tables: readonly string[]): Broken => [
  `everything of ${tables.join(' and ')} is let through`,
  async () => (await Promise.all(tables.map(policyAsItIs))).join('; '),
  () => tables.map((table) => `ALTER POLICY seen ON ${table} USING (true)`).join('; '),
];

/** A function of the policies without a piece of its body. */
const without = (what: string, name: string, piece: RegExp, instead = ''): Broken => [
  what,
  () => functionAsItIs(name),
  (now) => {
    const changed = now.replace(piece, instead);
    if (changed === now) throw new Error(`${name} has no ${String(piece)}`);
    return changed;
  },
];

/** The policies of the points without one of their own terms, which hold for nearly everybody who is limited. */
const seenWithout = (
  what: string,
  term: RegExp,
  instead: string,
  tables: readonly string[] = ['risk_points', 'point_states'],
): Broken => [
  what,
  async () => (await Promise.all(tables.map(policyAsItIs))).join('; '),
  (now) => {
    const policies = now.split('ALTER POLICY').slice(1);
    if (policies.length !== tables.length || policies.some((policy) => !policy.match(term))) {
      throw new Error(`Not each policy has ${String(term)}`);
    }
    return now.replace(term, instead);
  },
];

/** Two that are broken at once: each alone is guarded by the other. */
const together = (what: string, one: Broken, other: Broken): Broken => [
  what,
  async () => `${await one[1]()}; ${await other[1]()}`,
  (now) => other[2](one[2](now)),
];

/** As the policies of the register have it, and those of the map. */
const ANY_FIELD =
  /\(part\.fields IS NULL\)|\(\(? ?SELECT scope_part_fields\('risk\.read'::text, \d\)[^)]*\)? IS NULL\)/g;
const ANY_ENTERPRISE =
  /\(part\.enterprises IS NULL\)|\(\(? ?SELECT scope_part_enterprises\('risk\.read'::text, \d\)[^)]*\)? IS NULL\)/g;
const ANYWHERE =
  /part\.anywhere|\(? ?SELECT \(?\(scope_part\('risk\.read'::text, \d\) -> 'open'::text\) = 'null'::jsonb\)[^)]*\)/g;

/** A view that leaves nothing out of one column. */
const shown = (view: string, column: string): Broken => [
  `${column} is not masked in ${view}`,
  () => viewAsItIs(view),
  (now) => {
    const mask = new RegExp(`(?:CASE(?:(?!CASE)[^])*END|\\(?NULL::text[^,]*?) AS ${column}`);
    const changed = now.replace(mask, `x.${column}`);
    if (changed === now) throw new Error(`${view} does not mask ${column}`);
    return changed;
  },
];

/** Where two tables are joined by every route, each guards the other: only both together show. */
const BROKEN: readonly Broken[] = [
  open('enterprises'),
  open('risk_points', 'point_states'),
  open('control_measures'),
  open('assessments'),
  open('subject_states'),
  open('summary_cells'),
  open('imports'),
  without('a limit to fields is forgotten', 'in_scope_part', /AND \(part -> 'fields'.*\n/),
  seenWithout('the policies of points ask for no field', ANY_FIELD, 'true'),
  seenWithout('the policies of points ask for no place', ANYWHERE, 'true'),
  together(
    'a further part of a scope is taken without its fields',
    without(
      'of rows of the register',
      'scope_limits',
      /FROM jsonb_array_elements\(scope_parts\(setting\)\) AS p\(given\)/,
      `FROM (SELECT CASE WHEN at > 1 THEN e || '{"fields": null}' ELSE e END
         FROM jsonb_array_elements(scope_parts(setting)) WITH ORDINALITY AS q(e, at)) AS p(given)`,
    ),
    seenWithout(
      'of rows of the map',
      /\(\(? ?SELECT scope_part_fields\('risk\.read'::text, 1\)[^)]*\)? IS NULL\)/g,
      'true',
      ['point_states'],
    ),
  ),
  seenWithout('the policies of points ask for no enterprise', ANY_ENTERPRISE, 'true'),
  without(
    'a limit to one enterprise is forgotten',
    'in_scope_part',
    /AND \(part -> 'enterprises'[^]*?false\)\)/,
  ),
  without('every place is taken for one of the part', 'in_scope_part', /open = 'null'/, 'true'),
  without('a city is open to everybody', 'scope_open', /'\{\}'\)/, `'{}') || '{"990200": 1}'`),
  shown('masked.risk_points', 'person'),
  shown('masked.hazard_sources', 'origin'),
  shown('masked.search_entries', 'source_code'),
  [
    'a restricted field is called an internal one',
    async () => `UPDATE field_tiers SET tier = 'restricted' WHERE field = 'principal_name'`,
    () => `UPDATE field_tiers SET tier = 'internal' WHERE field = 'principal_name'`,
  ],
  without('everybody is taken for one who sees all', 'scope_all', /, false\)/, ', false) OR true'),
];

describe('the search for leaks', () => {
  it.each(BROKEN)(
    'finds one when %s',
    async (_what, asItIs, breaking) => {
      const mended = await asItIs();
      await run(breaking(mended));
      try {
        const asking = { app, world, random: seededRandom(7), count: 5_000, untilLeak: true };
        expect(await findLeaks(asking)).not.toEqual([]);
      } finally {
        await run(mended);
      }
    },
    120_000,
  );

  it('finds one when accounts may be managed for a place only', async () => {
    const placeless = PLACELESS as Set<Permission>;
    placeless.delete('accounts.manage');
    try {
      const asking = { app, world, random: seededRandom(7), count: 5_000, untilLeak: true };
      expect(await findLeaks(asking)).not.toEqual([]);
    } finally {
      placeless.add('accounts.manage');
    }
  });

  it('finds none when all are as they were', async () => {
    expect(await findLeaks({ app, world, random: seededRandom(7), count: 500 })).toEqual([]);
  });
});
