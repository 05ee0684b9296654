import type { Knex } from 'knex';
import { closeTestDatabase, openTestDatabase } from '#tests/support/test-database.ts';
import { aSmallProvince } from '#tests/support/factories.ts';
import { listRiskPoints, countRiskPoints } from '#server/features/risk-points/risk-points.store.ts';
import { countsByRegion } from '#server/features/regions/region-counts.store.ts';
it('perf', async () => {
  const db = await openTestDatabase();
  await db.asOwner(async (trx) => {
    await aSmallProvince(trx);
    await trx.raw('ALTER TABLE risk_points DISABLE TRIGGER USER');
    await trx.raw(`INSERT INTO risk_points (city_code, id, name_zh, kind, lifecycle, region, geom, anchor, exists_from)
         SELECT CASE WHEN n%2=0 THEN '990100' ELSE '990200' END, gen_random_uuid(), '示例' || md5(n::text), 'place', 'running', CASE WHEN n%2=0 THEN '990101' ELSE '990200' END, g.geom, g.geom, now()
         FROM generate_series(1, 300000) AS n CROSS JOIN LATERAL (SELECT ST_SetSRID(ST_MakePoint(
           100 + 10 * (n * 0.7548776662466927 % 1), 20 + 10 * (n * 0.5698402909980532 % 1)), 4326) AS geom) AS g`);
    await trx.raw('ALTER TABLE risk_points ENABLE TRIGGER USER');
    await trx.raw(`INSERT INTO point_states (city_code, risk_point_id, basis, region, name_zh, fields, lifecycle, state, level, dynamic_level, since, place)
         SELECT rp.city_code, rp.id, 'current', rp.region, rp.name_zh, '{}', rp.lifecycle, 'assessed', 1+ (random()*3)::int, 1, now(), rp.geom_3857 FROM risk_points rp`);
    await trx.raw('ALTER TABLE subject_states DISABLE TRIGGER USER');
    await trx.raw(`INSERT INTO subject_states (city_code, kind, subject_id, basis, region, name_zh, fields, state, level, dynamic_level, has_expired_major, points, place)
         SELECT city_code, 'risk_point', risk_point_id, basis, region, name_zh, fields, state, level, dynamic_level, false, 1, place FROM point_states`);
  });
  await db.asOwner((trx) => trx.raw('ANALYZE'));
  const time = async (label: string, work: (trx: Knex.Transaction) => Promise<unknown>) => {
    const ms: number[] = [];
    for (let i = 0; i < 4; i++) { const t = performance.now(); await db.read(work); ms.push(Math.round(performance.now() - t)); }
    process.stderr.write(`${label}: ${ms.join(' ')}\n`);
  };
  await time('first page', (trx) => listRiskPoints(trx, { basis: 'current' }, null, 101));
  await time('deep page', (trx) => listRiskPoints(trx, { basis: 'current' }, [3, '示例9', '018f0000-0000-7000-8000-0000000000ff'], 101));
  await time('count', (trx) => countRiskPoints(trx, { basis: 'current' }));
  await time('count region level', (trx) => countRiskPoints(trx, { basis: 'current', region: '990101', level: [1] }));
  await time('region', (trx) => listRiskPoints(trx, { basis: 'current', region: '990101' }, null, 101));
  await time('level', (trx) => listRiskPoints(trx, { basis: 'current', level: [3, 4] }, null, 101));
  await time('bbox', (trx) => listRiskPoints(trx, { basis: 'current', bbox: [103, 23, 103.5, 23.5] }, null, 101));
  await time('big bbox', (trx) => listRiskPoints(trx, { basis: 'current', bbox: [100, 20, 110, 30] }, null, 101));
  await time('q', (trx) => listRiskPoints(trx, { basis: 'current', q: 'abc' }, null, 101));
  await time('counts', (trx) => countsByRegion(trx, ['990000'], { basis: 'current', colour: 'assessed', fields: null }));
  await closeTestDatabase(db);
}, 300000);
