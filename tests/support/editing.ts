import type { Response } from 'supertest';
import type { TestApp } from './test-app.ts';
import { decoded, getTile, getTileJson, tilePath } from './tile-requests.ts';

/** Calls of the editing API as a client makes them: what was read last is what a change builds on. */
export function editing(app: TestApp) {
  const url = (path: string): string => `/api/v1${path}`;
  const read = (path: string, status = 200) => app.agent.get(url(path)).expect(status);
  const tagOf = async (path: string): Promise<string> =>
    (await read(path)).headers['etag'] as string;
  return {
    read,
    tagOf,
    post: (path: string, body: object, status = 201) =>
      app.agent.post(url(path)).send(body).expect(status),
    patch: async (path: string, body: object, status = 200): Promise<Response> =>
      app.agent
        .patch(url(path))
        .set('If-Match', await tagOf(path))
        .send(body)
        .expect(status),
    remove: async (path: string, reason = '示例误录'): Promise<Response> =>
      app.agent
        .delete(url(path))
        .query({ reason })
        .set('If-Match', await tagOf(path))
        .expect(200),
    restore: (path: string, status = 200) => app.agent.post(url(`${path}/restore`)).expect(status),
  };
}

/** The faults of a refusal, each by the place it names. */
export function pointersOf(res: Response): readonly string[] {
  const { errors } = res.body as { errors?: { pointer?: string; parameter?: string }[] };
  return (errors ?? []).map(({ pointer, parameter }) => pointer ?? parameter ?? '').toSorted();
}

/** The data version of one layer in one city. */
export async function layerVersion(app: TestApp, layer: string, city: string): Promise<number> {
  const { cities } = await getTileJson(app, layer);
  return cities.find(({ code }) => code === city)?.version ?? 0;
}

export type RegionSummary = Readonly<
  Record<'n1' | 'n2' | 'n3' | 'n4' | 'nNotAssessed' | 'nNotApplicable' | 'total', number>
> &
  Readonly<Record<'s1' | 's2' | 's3' | 's4' | 'sU', number>>;

/** Counts of a region, as the map shows them. */
export async function summaryOf(app: TestApp, region: string): Promise<RegionSummary> {
  const res = await app.agent.get(`/api/v1/regions/${region}/summary`).expect(200);
  return res.body as RegionSummary;
}

/** A tile of zoom 14 as text: what is in it is found by id or name. */
export async function tileText(
  app: TestApp,
  layer: 'enterprises' | 'risk-points',
  [lon, lat]: readonly [number, number],
): Promise<string> {
  const res = await getTile(app, `${layer}/${tilePath(lon, lat, 14)}`);
  return res.status === 204 ? '' : JSON.stringify(decoded(res));
}

/** The body of a new enterprise in county 990101. */
export const newEnterprise = (more: object = {}) => ({
  names: { zh: '示例新厂' },
  position: [125.5, 43.25],
  ...more,
});

/** The body of a new public place in county 990102. */
export const newSquare = (more: object = {}) => ({
  names: { zh: '示例广场' },
  kind: 'public_place',
  position: [125.5, 43.75],
  ...more,
});

/** The body of a new risk point of an enterprise in county 990101. */
export const newTank = (enterpriseId: string, more: object = {}) => ({
  names: { zh: '示例储罐' },
  kind: 'facility',
  enterpriseId,
  position: [125.5, 43.25],
  ...more,
});

/** The body of an assessment. LEC, national: serious 3·6·15 = 270 → 2; low 1·6·7 = 42 → 4. */
export const judged = (verdict: 'serious' | 'low', assessedAt?: string) => ({
  method: 'lec',
  basis: 'current',
  inputs: verdict === 'serious' ? { L: 3, E: 6, C: 15 } : { L: 1, E: 6, C: 7 },
  ...(assessedAt === undefined ? {} : { assessedAt }),
});

/** A closed square with its south-west corner at [lon, 43.1], degrees. */
export function aRing(lon: number, size: number): number[][] {
  return [
    [lon, 43.1],
    [lon + size, 43.1],
    [lon + size, 43.1 + size],
    [lon, 43.1 + size],
    [lon, 43.1],
  ].map((corner) => corner.map((degrees) => Number(degrees.toFixed(4))));
}
