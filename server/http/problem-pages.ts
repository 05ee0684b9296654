import { Router } from 'express';
import { PROBLEM_SLUGS } from '../contract/problem.contract.ts';
import type { ProblemSlug } from '../contract/problem.contract.ts';
import { NotFoundError } from '../domain/errors.ts';
import { escapeHtml, sendPage } from './html-page.ts';
import type { Place } from './known-paths.ts';
import { PROBLEM_KINDS } from './problem-kinds.ts';

export const problemPlaces: readonly Place[] = [
  { method: 'get', path: '/problems' },
  { method: 'get', path: '/problems/{slug}' },
];

/** The pages that the `type` of a problem leads to. */
export function problemPages(): Router {
  const router = Router();
  router.get('/problems', (_req, res) => {
    sendPage(res, { lang: 'en', title: 'Problems', body: `<h1>Problems 问题类型</h1>${index()}` });
  });
  router.get('/problems/:slug', (req, res) => {
    const slug = PROBLEM_SLUGS.find((known) => known === req.params['slug']);
    if (slug === undefined) throw new NotFoundError('problem', req.params['slug']);
    sendPage(res, { lang: 'en', title: PROBLEM_KINDS[slug].title, body: problemBody(slug) });
  });
  return router;
}

function index(): string {
  const rows = PROBLEM_SLUGS.map((slug) => {
    const { status, title, titleZh } = PROBLEM_KINDS[slug];
    return `<tr><td>${status}</td><td><a href="/problems/${slug}"><code>${slug}</code></a></td><td>${escapeHtml(title)} <span lang="zh-CN">${titleZh}</span></td></tr>`;
  });
  return `<div class="card"><table><tr><th>Status</th><th>Kind</th><th>Title</th></tr>${rows.join('')}</table></div>`;
}

function problemBody(slug: ProblemSlug): string {
  const { status, title, titleZh, meaning, remedy } = PROBLEM_KINDS[slug];
  return (
    `<h1>${escapeHtml(title)} <span lang="zh-CN">${titleZh}</span></h1>` +
    `<p class="mono">HTTP ${status} · ${slug}</p>` +
    `<div class="card"><p>${escapeHtml(meaning.en)}</p><p>${escapeHtml(remedy.en)}</p></div>` +
    `<div class="card" lang="zh-CN"><p>${escapeHtml(meaning.zh)}</p><p>${escapeHtml(remedy.zh)}</p></div>` +
    `<p><a href="/problems">All problems</a> · <a href="/docs">API</a></p>`
  );
}
