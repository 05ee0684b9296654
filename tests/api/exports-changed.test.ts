import { inScope, SYSTEM } from '#server/db/scope.ts';
import type { ExportRequest } from '#server/features/exports/export-request.ts';
import { editing, judged } from '#tests/support/editing.ts';
import { EXPORT_IDS, fillForExport } from '#tests/support/export-data.ts';
import { testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

let app: TestApp;
let edit: ReturnType<typeof editing>;

beforeAll(async () => {
  app = await testApp();
  edit = editing(app);
  await app.database.asOwner(fillForExport);
}, 180_000);
afterAll(() => app?.close());

const REQUEST: ExportRequest = {
  list: 'control-list',
  format: 'xlsx',
  language: 'zh',
  filter: { basis: 'current' },
};

/** What a file says of its register when this happens after its first page was read. */
function hasChangedBy(happens: () => Promise<unknown>): Promise<boolean> {
  return inScope(SYSTEM, () => changedBy(happens));
}

async function changedBy(happens: () => Promise<unknown>): Promise<boolean> {
  const { sheet, release } = await app.services.exports.exports.open(REQUEST);
  await happens();
  for await (const row of sheet.rows) expect(row.id).toBeTruthy();
  release();
  return sheet.outcome.hasChanged;
}

const measure = { riskPointId: EXPORT_IDS.tank, kind: 'training', text: { zh: '示例演练' } };
const source = { riskPointId: EXPORT_IDS.tank, names: { zh: '示例新源' }, kind: 'substance' };

describe('a file knows that the register changed while it was written', () => {
  it('by a measure that was added, changed, deleted or brought back', async () => {
    let path = '';
    const add = async () => {
      path = `/measures/${(await edit.post('/measures', measure)).body.id as string}`;
    };

    expect(await hasChangedBy(add)).toBe(true);
    expect(await hasChangedBy(() => edit.patch(path, { text: { zh: '示例改过' } }))).toBe(true);
    expect(await hasChangedBy(() => edit.remove(path))).toBe(true);
    expect(await hasChangedBy(async () => edit.restore(path))).toBe(true);
  });

  it('by a hazard source that was added or renamed', async () => {
    expect(await hasChangedBy(async () => edit.post('/hazard-sources', source))).toBe(true);
    const path = `/hazard-sources/${EXPORT_IDS.fire}`;
    expect(await hasChangedBy(() => edit.patch(path, { names: { zh: '示例改名' } }))).toBe(true);
  });

  it('by what no map shows of a point or an enterprise', async () => {
    const tank = `/risk-points/${EXPORT_IDS.tank}`;
    expect(await hasChangedBy(() => edit.patch(tank, { person: '示例乙' }))).toBe(true);
    const works = `/enterprises/${EXPORT_IDS.works}`;
    expect(await hasChangedBy(() => edit.patch(works, { address: '示例路 2 号' }))).toBe(true);
  });

  it('by an assessment that leaves the level as it is', async () => {
    const path = `/risk-points/${EXPORT_IDS.road}/assessments`;

    expect(await hasChangedBy(async () => edit.post(path, judged('low')))).toBe(true);
  });

  it('and says nothing of it when others only read, or were refused', async () => {
    const others = async (): Promise<void> => {
      await edit.read(`/risk-points/${EXPORT_IDS.tank}`);
      await edit.post('/measures', { ...measure, hazardSourceId: EXPORT_IDS.lifting }, 422);
    };

    expect(await hasChangedBy(others)).toBe(false);
  });
});
