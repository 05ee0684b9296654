import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Logger } from 'pino';
import type { Problem } from '../contract/problem.contract.ts';
import { localeOf } from './locale.ts';
import { PROBLEM_KINDS } from './problem-kinds.ts';
import { askedBy } from './request-log.ts';
import { toProblem } from './problem.ts';
import type { ProblemAnswer } from './problem.ts';

/** As Content-Language names them. */
const LANGUAGES = { zh: 'zh-CN', en: 'en' } as const;

type Options = { readonly publicUrl: string; readonly log: Logger };

/** The last middleware and the only writer of `application/problem+json`. */
export function problemHandler({ publicUrl, log }: Options): ErrorRequestHandler {
  return (error: unknown, req, res, _next) => {
    const answer = toProblem(error);
    const { status } = PROBLEM_KINDS[answer.slug];
    noteInLog(log, req, res, { error, slug: answer.slug, status });
    if (res.headersSent) {
      // Half an answer is out: only breaking the connection tells the caller that it is not whole.
      res.destroy();
      return;
    }
    if (req.destroyed && !res.writable) return;
    res.vary('Accept-Language').set('Content-Language', LANGUAGES[localeOf(req)]);
    writeProblem(res, answer, problemBody(publicUrl, req, answer));
  };
}

function problemBody(publicUrl: string, req: Request, answer: ProblemAnswer): Problem {
  const { status, title, titleZh } = PROBLEM_KINDS[answer.slug];
  const locale = localeOf(req);
  return {
    type: `${publicUrl}/problems/${answer.slug}`,
    title: locale === 'en' ? title : titleZh,
    status,
    detail: answer.detail[locale],
    instance: `urn:uuid:${req.id as string}`,
    ...(answer.errors && {
      errors: answer.errors.map((fault) => ({ ...fault, detail: fault.detail[locale] })),
    }),
  };
}

function writeProblem(res: Response, answer: ProblemAnswer, body: Problem): void {
  for (const name of ['ETag', 'Last-Modified', 'Content-Encoding']) res.removeHeader(name);
  res.status(body.status).set({
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
    ...answer.headers,
  });
  res.send(Buffer.from(JSON.stringify(body)));
}

type Note = { readonly error: unknown; readonly slug: string; readonly status: number };

/** The request's own log line carries the error; requests without one (tiles) get theirs here. */
function noteInLog(log: Logger, req: Request, res: Response, { error, slug, status }: Note): void {
  const cause = error instanceof Error ? error : new Error(String(error));
  // Its typing says that it is always there, but tiles are answered before the request log.
  const ownLine = req.log as Logger | undefined;
  if (ownLine) {
    if (status >= 500) res.err = cause;
    return;
  }
  const { id, method, url } = req;
  const fields = { id, method, url, status, slug, ...askedBy(req, res) };
  if (status >= 500) log.error({ ...fields, err: cause }, 'request failed');
  else log.info(fields, 'request');
}
