import { closeTestDatabase, openTestDatabase } from '#tests/support/test-database.ts';
import { aRiskPoint, aSmallProvince, settle, withMethods, anAssessment } from '#tests/support/factories.ts';
it('probe', async () => {
  const db = await openTestDatabase();
  await db.asOwner(async (trx) => { await withMethods(trx); await aSmallProvince(trx); const p = await aRiskPoint(trx); await anAssessment(trx, p, 2); await settle(trx, Date.now()); });
  const tryIt = async (label: string, sqls: string[]) => {
    try { await db.write(async (trx) => { for (const s of sqls) await trx.raw(s); }); console.log(label, 'ok'); }
    catch (e) { console.log(label, (e as Error).message, (e as {code?: string}).code, (e as Error).cause); }
  };
  await tryIt('delete', ['DELETE FROM assessments']);
  await tryIt('delete2', ['DELETE FROM risk_points']);
  await tryIt('update state', [`UPDATE assessments SET state = 'draft'`]);
  await tryIt('update then delete', [`UPDATE assessments SET state = 'draft'`, 'DELETE FROM assessments']);
  await tryIt('call', ['SELECT relocate_rows()']);
  await tryIt('call2', [`SELECT refresh_enterprises('{}')`]);
  await tryIt('ok', [`SELECT 1`]);
  await closeTestDatabase(db);
}, 120000);
