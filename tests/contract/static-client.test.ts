import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Router } from 'express';
import { lostPage, staticClient } from '#server/http/static-client.ts';
import { edgeApp } from './http-app.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'static-client-'));
writeFileSync(
  path.join(folder, 'index.html'),
  '<!doctype html><meta name="csp-nonce" content="__CSP_NONCE__"><script nonce="__CSP_NONCE__" src="/assets/a-1.js"></script>',
);
mkdirSync(path.join(folder, 'assets'));
writeFileSync(path.join(folder, 'assets/a-1.js'), 'export {};');
writeFileSync(path.join(folder, '.secret'), 'x');
afterAll(() => rmSync(folder, { recursive: true }));

const router = Router();
router.use(staticClient(folder));
router.use(lostPage);
const { agent } = edgeApp(router);

describe('the built client', () => {
  it.each(['/', '/r/220100', '/e/0190', '/p/0190', '/imports', '/imports/0190'])(
    'is served at %s with the nonce of this answer',
    async (url) => {
      const res = await agent.get(url).expect(200);

      const nonce =
        /'nonce-([^']+)'/.exec(String(res.headers['content-security-policy']))?.[1] ?? '';
      expect(res.text.split(nonce)).toHaveLength(3);
      expect(res.text).not.toContain('__CSP_NONCE__');
      expect(res.headers['cache-control']).toBe('no-store');
    },
  );

  it('keeps hashed files for ever', async () => {
    const res = await agent.get('/assets/a-1.js').expect(200);
    expect(res.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  it.each([
    '/assets/gone-2.js',
    '/index.html/x',
    '/r/220100/x',
    '/.secret',
    '/assets/../.secret',
    '/assets/%2e%2e/.secret',
    '/x',
  ])('is 404 for %s', async (url) => {
    await agent.get(url).expect(404);
  });

  it('tells a person with a page and a program with a problem', async () => {
    const person = await agent.get('/nowhere').set('Accept', 'text/html').expect(404);
    expect(person.text).toContain('返回风险图');
    const program = await agent.get('/nowhere').expect(404);
    expect(program.headers['content-type']).toBe('application/problem+json');
    const api = await agent.get('/api/v1/x').set('Accept', 'text/html').expect(404);
    expect(api.headers['content-type']).toBe('application/problem+json');
  });
});
