import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import express, { Router } from 'express';
import type { RequestHandler } from 'express';
import { sendPage } from './html-page.ts';
import type { Place } from './known-paths.ts';
import { nonceOf } from './security.ts';

/** Addresses of the app: the page reads from its own address what to show. */
const APP_PATHS = [
  '/',
  '/r/{code}',
  '/e/{id}',
  '/p/{id}',
  '/imports',
  '/imports/{id}',
  '/faults',
  '/deleted',
  '/sign-in',
  '/password',
  '/set-up',
  '/recover',
  '/accounts',
  '/audit',
  '/keys',
];

export const clientPlaces: readonly Place[] = APP_PATHS.map((appPath) => ({
  method: 'get',
  path: appPath,
}));

const NONCE = '__CSP_NONCE__';

/** The built client: its page (rendered, for the nonce), its hashed files, which never change, and the others. */
export function staticClient(folder: string): Router {
  const router = Router();
  const page = path.join(folder, 'index.html');
  if (!existsSync(page)) return router;
  const html = readFileSync(page, 'utf8');
  for (const appPath of APP_PATHS) {
    router.get(appPath.replaceAll(/\{(\w+)\}/g, ':$1'), (_req, res) => {
      res
        .type('html')
        .set('Cache-Control', 'no-store')
        .send(html.replaceAll(NONCE, nonceOf(res)));
    });
  }
  const assets = path.join(folder, 'assets');
  router.use('/assets', express.static(assets, { index: false, immutable: true, maxAge: '1y' }));
  router.use('/assets', (_req, _res, next) => next('router'));
  router.use(express.static(folder, { index: false, redirect: false, dotfiles: 'ignore' }));
  return router;
}

const NOT_PAGES = /^\/(?:api|tiles|openapi\.json|healthz|readyz)(?:\/|$)/;

/** A person who mistyped an address gets a page, not JSON; programs and the API get the problem. */
export const lostPage: RequestHandler = (req, res, next) => {
  const wantsPage = req.headers.accept?.includes('text/html') === true;
  if (!['GET', 'HEAD'].includes(req.method) || !wantsPage || NOT_PAGES.test(req.path))
    return next();
  const body =
    '<h1>没有这个页面 <span lang="en">No such page</span></h1>' +
    '<div class="card"><p>该地址下没有内容。<br><span lang="en">Nothing is known under this address.</span></p>' +
    '<p><a href="/">返回风险图 · Back to the map</a></p></div>';
  sendPage(res, { status: 404, lang: 'zh-CN', title: '404', body });
};
