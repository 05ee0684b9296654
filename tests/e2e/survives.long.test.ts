import { startServer } from './real-server.ts';
import type { RealServer } from './real-server.ts';

let server: RealServer;
beforeAll(async () => {
  server = await startServer();
}, 180_000);
afterAll(() => server?.stop());

const getJson = async (path: string): Promise<Record<string, unknown>> =>
  (await (await server.fetch(path)).json()) as Record<string, unknown>;

describe('the service', () => {
  it('killed and started again has every acknowledged assessment', async () => {
    const list = await getJson('/api/v1/risk-points?state=not_assessed&limit=5');
    const points = list['items'] as { id: string }[];
    const body = JSON.stringify({ method: 'ls', basis: 'current', inputs: { L: 5, S: 5 } });
    const posted: string[] = [];
    for (const { id } of points) {
      const response = await server.fetch(`/api/v1/risk-points/${id}/assessments`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      expect(response.status).toBe(201);
      posted.push(((await response.json()) as { id: string }).id);
    }

    await server.kill();
    server = await server.restart();

    for (const id of posted)
      expect(await getJson(`/api/v1/assessments/${id}`)).toMatchObject({ id, level: 1 });
    for (const { id } of points) {
      expect(await getJson(`/api/v1/risk-points/${id}`)).toMatchObject({
        state: 'assessed',
        level: 1,
      });
    }
  }, 180_000);
});
