import type { Response } from 'supertest';
import type { TestGrant } from '#tests/support/callers.ts';
import type { Random } from '#tests/support/seeded-random.ts';
import type { Agent, TestApp } from '#tests/support/test-app.ts';
import { answerText, bytesOf } from './answer-text.ts';
import { aCaller } from './a-caller.ts';
import { countLeaks } from './counts.ts';
import type { Leak } from './counts.ts';
import { OWN_EYES, someEyes } from './eyes.ts';
import type { Eyes } from './eyes.ts';
import { makeHouse } from './house.ts';
import { aProbe } from './questions.ts';
import type { Probe } from './questions.ts';
import { marksOf, rowsToldIn } from './told-rows.ts';
import type { MarkedRow } from './told-rows.ts';
import { isSeen, isTold } from './world.ts';
import type { World } from './world.ts';

type Asking = {
  readonly app: TestApp;
  readonly world: World;
  readonly random: Random;
  /** How many probes; each caller asks some of them. */
  readonly count: number;
  /** Ends at the first leak. */
  readonly untilLeak?: boolean;
};

const PROBES_OF_A_CALLER = 50;

/** Asks as many callers as it takes, and tells everything that an answer gives away. */
export async function findLeaks(asking: Asking): Promise<readonly Leak[]> {
  const { app, random, count, untilLeak = false } = asking;
  const leaks: Leak[] = [];
  await publish(app);
  const world = { ...asking.world, house: await makeHouse(app) };
  for (let done = 0; done < count; done += PROBES_OF_A_CALLER) {
    const grants = random.integer(20) === 0 ? null : aCaller(random, world);
    const agent = grants === null ? app.visitor() : await app.agentOf(...grants);
    leaks.push(...(await countLeaks(agent, world, grants ?? NOTHING)));
    const files: string[] = [];
    for (let step = 0; step < PROBES_OF_A_CALLER; step += 1) {
      const eyes = grants === null ? OWN_EYES : someEyes(random, world);
      const looking = { world, grants: grants ?? NOTHING, eyes, files };
      leaks.push(...(await ask(agent, looking, aProbe(random, world))));
      if (untilLeak && leaks.length > 0) return leaks;
    }
  }
  return leaks;
}

const NOTHING: readonly TestGrant[] = [];

/** What everyone is told is there to be asked for, too. */
async function publish({ services: { publication } }: TestApp): Promise<void> {
  await publication.release('审查记录', null);
  await publication.publish();
}

type Looking = {
  readonly world: World;
  readonly grants: readonly TestGrant[];
  readonly eyes: Eyes;
  /** Which the caller has sent: he is told of them again. */
  readonly files: string[];
};

/** What the answer gives away; of a file that was taken, what its report does too. */
async function ask(agent: Agent, looking: Looking, probe: Probe): Promise<readonly Leak[]> {
  const { leaks, res } = await askOnce(agent, looking, probe);
  if (probe.file === undefined || res.status !== 201) return leaks;
  const { id } = JSON.parse(String(res.body)) as { id: string };
  const found = [...leaks];
  for (const part of ['/rows', '/places', '/missing', '/faulty-rows', '']) {
    const path = `/api/v1/imports/${id}${part}`;
    found.push(...(await askOnce(agent, looking, { method: 'get', path })).leaks);
  }
  await agent.delete(`/api/v1/imports/${id}`).expect(200);
  return found;
}

async function askOnce(
  agent: Agent,
  { world, grants, eyes, files }: Looking,
  { method, path, body, file }: Probe,
): Promise<{ readonly leaks: readonly Leak[]; readonly res: Response }> {
  const begun = agent[method as 'get' | 'post' | 'patch' | 'delete'](path)
    .buffer(true)
    .parse(bytesOf);
  if (eyes.header !== null) void begun.set('X-View-As', eyes.header);
  // A version that no row has: a change is refused, after everything else about it was looked at.
  if (method !== 'get') void begun.set('If-Match', '"999999"').set('Accept', 'application/json');
  if (file !== undefined) void begun.set('Content-Type', 'text/csv');
  const sent = body ?? file;
  const res = await (sent === undefined ? begun : begun.send(sent));
  if (file !== undefined) files.push(file);
  // Of his own files he is told again, where files are told of.
  const sentBefore = path.startsWith('/api/v1/imports') ? files.join(' ') : '';
  const given = `${decodeURIComponent(path)} ${JSON.stringify(body ?? {})} ${sentBefore}`;
  const text = await answerText(res);
  const as = eyes.header === null ? '' : ` as ${eyes.header}`;
  const request = `${method} ${path}${as} ${JSON.stringify(sent ?? null)} → ${res.status}`;
  const leaks = rowsToldIn(text, world)
    .flatMap((row) => secretsOf(row, { grants, eyes }, given))
    .filter((mark) => text.includes(mark) && !given.includes(mark))
    .map((what) => ({ grants, request, what }));
  return { leaks, res };
}

/** All texts of a row that an answer must not have. */
function secretsOf(
  row: MarkedRow,
  { grants, eyes }: Pick<Looking, 'grants' | 'eyes'>,
  given: string,
): readonly string[] {
  if (!('belongs' in row)) return row.marks;
  if (!isSeen(row, grants, eyes)) return marksOf(row);
  if (isTold(row, grants, eyes)) return [];
  // Whoever asks for a row by what is not told of it must not find it.
  const isAskedFor = row.restricted.some((mark) => given.includes(`q=${mark}`));
  return isAskedFor ? marksOf(row) : row.restricted;
}
