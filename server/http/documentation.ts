import { Router } from 'express';
import type { Endpoint } from '../contract/endpoint.ts';
import { DOCS_STYLE, docsBody } from './docs-page.ts';
import { sendPage } from './html-page.ts';
import type { Place } from './known-paths.ts';
import { openApiDocument } from './openapi.ts';

export const documentationPlaces: readonly Place[] = [
  { method: 'get', path: '/openapi.json' },
  { method: 'get', path: '/docs' },
];

type About = { readonly version: string; readonly publicUrl: string };

/** The API's description, for programs and for people. Made once. */
export function documentation(endpoints: readonly Endpoint[], about: About): Router {
  const document = openApiDocument(endpoints, about);
  const json = Buffer.from(`${JSON.stringify(document, null, 2)}\n`);
  const page = docsBody(document);
  const router = Router();
  router.get('/openapi.json', (_req, res) => {
    res.set('Content-Type', 'application/json; charset=utf-8').send(json);
  });
  router.get('/docs', (_req, res) => {
    sendPage(res, { lang: 'en', title: `${document.info.title} · API`, body: page }, DOCS_STYLE);
  });
  return router;
}
