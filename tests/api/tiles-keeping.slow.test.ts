import { tileAt } from '#server/domain/geometry/tile.ts';
import { toldAreas } from '#server/features/publication/publication.service.ts';
import { regionSummaries } from '#server/features/regions/regions.service.ts';
import type { SummariseRegions } from '#server/features/tiles/region-figures.ts';
import { createTilesService } from '#server/features/tiles/tiles.service.ts';
import { toProblem } from '#server/http/problem.ts';
import { aRiskPoint, aSmallProvince, anAssessment, settle } from '#tests/support/factories.ts';
import type { Placed } from '#tests/support/factories.ts';
import { TEST_NOW, testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';
import { decoded, getTile, NO_FILTERS, tilePath, versionAt } from '#tests/support/tile-requests.ts';

let app: TestApp;
let first: Placed;

beforeAll(async () => {
  app = await testApp();
  await app.database.asOwner(async (trx) => {
    await aSmallProvince(trx);
    first = await aRiskPoint(trx, { at: [125.5, 43.25], fields: ['gas'] });
    const second = await aRiskPoint(trx, { at: [126.5, 43.75] });
    await anAssessment(trx, first, 1);
    await anAssessment(trx, second, 4);
    await settle(trx, TEST_NOW);
  });
}, 180_000);

afterAll(() => app.close());

const HERE = tilePath(125.5, 43.25, 12);

describe('keeping', () => {
  it('is for ever with the exact version, and never with another', async () => {
    const v = await versionAt(app, 'risk-points', [125.5, 43.25, 12]);

    const exact = await getTile(app, `risk-points/${HERE}?v=${v}`).expect(200);
    const stale = await getTile(app, `risk-points/${HERE}?v=${v.replace(/.$/, 'x')}`).expect(200);
    const plain = await getTile(app, `risk-points/${HERE}`).expect(200);

    expect(exact.headers['cache-control']).toBe('private, max-age=31536000, immutable');
    expect([stale.headers['cache-control'], plain.headers['cache-control']]).toEqual([
      'private, no-cache',
      'private, no-cache',
    ]);
    expect(new Set([exact, stale, plain].map((res) => res.headers['etag'])).size).toBe(1);
  });

  it('is for ever for an empty tile too', async () => {
    const v = await versionAt(app, 'risk-points', [-100, 40, 6]);

    const res = await getTile(app, `risk-points/${tilePath(-100, 40, 6)}?v=${v}`).expect(204);

    expect(res.headers['cache-control']).toBe('private, max-age=31536000, immutable');
  });

  it('answers 304 to the tag it gave, in any list and also when weak', async () => {
    const { etag } = (await getTile(app, `regions/${tilePath(125.5, 43.25, 5)}`).expect(200))
      .headers as {
      etag: string;
    };

    for (const header of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const res = await getTile(app, `regions/${tilePath(125.5, 43.25, 5)}`, {
        'If-None-Match': header,
      }).expect(304);
      expect(res.headers['etag']).toBe(etag);
    }
    await getTile(app, `regions/${tilePath(125.5, 43.25, 5)}`, {
      'If-None-Match': '"other"',
    }).expect(200);
  });

  it('tells filters, layers and places apart by the tag, and one filter spelt in two ways not', async () => {
    const tag = async (path: string) => (await getTile(app, path)).headers['etag'] as string;
    const path = `risk-points/${HERE}`;

    const tags = await Promise.all(
      [
        path,
        `${path}?level=1`,
        `${path}?level=1,2`,
        `${path}?basis=inherent`,
        `risk-points/${tilePath(125.5, 43.25, 13)}`,
      ].map(tag),
    );
    expect(new Set(tags).size).toBe(5);
    expect(await tag(`${path}?level=2,1`)).toBe(tags[2]);
    expect(await tag(`${path}?basis=current&colour=assessed`)).toBe(tags[0]);
  });
});

describe('a saved change', () => {
  it('is in the very next tile, with another tag and version', async () => {
    const path = `risk-points/${HERE}`;
    const v = await versionAt(app, 'risk-points', [125.5, 43.25, 12]);
    const before = await getTile(app, `${path}?v=${v}`).expect(200);
    const far = await getTile(app, `risk-points/${tilePath(126.8, 43.75, 12)}`);
    const region = await getTile(app, `regions/${tilePath(125.5, 43.25, 6)}`).expect(200);

    await app.database.asOwner(async (trx) => {
      await anAssessment(trx, first, 3, { at: '2026-05-01T00:00:00Z' });
      await settle(trx, TEST_NOW);
    });

    const after = await getTile(app, `${path}?v=${v}`, {
      'If-None-Match': before.headers['etag'] as string,
    }).expect(200);
    expect(after.headers['etag']).not.toBe(before.headers['etag']);
    expect(after.headers['cache-control']).toBe('private, no-cache');
    expect(decoded(before)['risk-points']?.[0]?.properties['level']).toBe(1);
    expect(decoded(after)['risk-points']?.[0]?.properties['level']).toBe(3);
    expect(await versionAt(app, 'risk-points', [125.5, 43.25, 12])).not.toBe(v);
    const regionAfter = await getTile(app, `regions/${tilePath(125.5, 43.25, 6)}`).expect(200);
    const levels = [region, regionAfter].map(
      (res) =>
        decoded(res)['regions']?.find(({ properties }) => properties['code'] === '990100')
          ?.properties['level'],
    );
    // One subject: W = 10 is red, then W = 2 is yellow.
    expect(levels).toEqual([1, 3]);
    expect(far.status).toBe(204);
  });

  it('leaves tiles of other cities as they are', async () => {
    const path = `risk-points/${tilePath(126.5, 43.75, 12)}`;
    const before = await getTile(app, path).expect(200);

    await app.database.asOwner(async (trx) => {
      await trx.raw(
        `UPDATE point_states SET since = since + interval '1 second' WHERE risk_point_id = ?`,
        [first.id],
      );
    });

    await getTile(app, path, { 'If-None-Match': before.headers['etag'] as string }).expect(304);
    const own = await getTile(app, `risk-points/${HERE}`);
    expect(own.headers['etag']).not.toBe(before.headers['etag']);
  });
});

describe('too much at once', () => {
  /** A service whose area tiles wait until they are released. */
  const heldService = () => {
    const held = { made: 0, release: (): void => undefined };
    const released = new Promise<void>((resolve) => {
      held.release = resolve;
    });
    const summariseRegions: SummariseRegions = async (trx, selection, view) => {
      held.made += 1;
      await released;
      return regionSummaries(trx, selection, view);
    };
    const limits = { running: 1, waiting: 1 };
    const tiles = createTilesService({
      database: app.database,
      summariseRegions,
      toldAreas,
      limits,
    });
    return { tiles, held };
  };
  const asked = (field: string) =>
    ({
      layer: 'regions',
      tile: tileAt([125.5, 43.25], 5),
      filters: { ...NO_FILTERS, fields: [field] },
    }) as const;
  const { signal } = new AbortController();

  it('is refused with the time to wait; a tile asked for many times is made once', async () => {
    const { tiles, held } = heldService();

    const same = [1, 2, 3].map(() => tiles.tile(asked('gas'), 'v', signal));
    const waiting = tiles.tile(asked('schools'), 'v', signal);
    const refused: unknown = await tiles
      .tile(asked('tourism'), 'v', signal)
      .catch((error: unknown) => error);
    held.release();

    expect(toProblem(refused)).toMatchObject({
      slug: 'overloaded',
      headers: { 'Retry-After': '5' },
    });
    const made = await Promise.all([...same, waiting]);
    expect(made.every(({ gzipped }) => gzipped !== null)).toBe(true);
    expect(held.made).toBe(2);
  });

  it('is not made worse by tiles that nobody waits for any more', async () => {
    const { tiles, held } = heldService();
    const leaving = new AbortController();

    const running = tiles.tile(asked('gas'), 'v', signal);
    const left = tiles.tile(asked('schools'), 'v', leaving.signal).catch((error: unknown) => error);
    leaving.abort();
    held.release();

    await running;
    expect(await left).toBeInstanceOf(Error);
    expect(held.made).toBe(1);
  });
});
