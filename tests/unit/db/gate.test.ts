import { Gate } from '#server/db/gate.ts';
import { OverloadedError } from '#server/domain/errors.ts';

const limits = { maxWaiting: 2, maxWaitMs: 10_000 };

/** A job that ends when told to. */
const heldJob = () => {
  let end!: () => void;
  const held = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { job: () => held, end };
};

it('runs one job at a time, in the order in which they came', async () => {
  const gate = new Gate(limits);
  const events: string[] = [];
  const job = (name: string) => async () => {
    events.push(`${name} begins`);
    await Promise.resolve();
    events.push(`${name} ends`);
    return name;
  };

  const names = await Promise.all([
    gate.enter(job('a')),
    gate.enter(job('b')),
    gate.enter(job('c')),
  ]);

  expect(names).toEqual(['a', 'b', 'c']);
  expect(events).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});

it('gives everybody a turn, however much one of them has sent before', async () => {
  const gate = new Gate({ maxWaiting: 10, maxWaitMs: 10_000 });
  const done: string[] = [];
  const { job, end } = heldJob();
  const sent = [
    gate.enter(job, 'hog'),
    ...['hog 1', 'hog 2', 'hog 3'].map((name) => [name, 'hog']),
    ...['planner 1', 'planner 2'].map((name) => [name, 'planner']),
  ].map((each) => {
    if (!Array.isArray(each)) return each;
    const [name = '', whose] = each;
    return gate.enter(() => Promise.resolve(done.push(name)), whose);
  });

  end();
  await Promise.all(sent);

  expect(done).toEqual(['planner 1', 'hog 1', 'planner 2', 'hog 2', 'hog 3']);
});

it('takes no more than half of what may wait from one caller', async () => {
  const gate = new Gate({ maxWaiting: 4, maxWaitMs: 10_000 });
  const { job, end } = heldJob();
  const running = [1, 2, 3].map(() => gate.enter(job, 'hog'));

  await expect(gate.enter(job, 'hog')).rejects.toBeInstanceOf(OverloadedError);
  const other = gate.enter(() => Promise.resolve('yes'), 'planner');
  end();

  await Promise.all(running);
  await expect(other).resolves.toBe('yes');
});

it('lets the next job in after one that failed', async () => {
  const gate = new Gate(limits);
  const failing = gate.enter(() => Promise.reject(new Error('no')));
  const next = gate.enter(() => Promise.resolve('yes'));

  await expect(failing).rejects.toThrow('no');
  await expect(next).resolves.toBe('yes');
});

it('turns away the job that would wait as one too many', async () => {
  const gate = new Gate(limits);
  const { job, end } = heldJob();
  const running = [gate.enter(job), gate.enter(job), gate.enter(job)];

  await expect(gate.enter(job)).rejects.toBeInstanceOf(OverloadedError);

  end();
  await expect(Promise.all(running)).resolves.toHaveLength(3);
});

it('turns away a job that waited too long, and never runs it', async () => {
  const gate = new Gate({ maxWaiting: 2, maxWaitMs: 20 });
  const { job, end } = heldJob();
  const running = gate.enter(job);
  let hasRun = false;
  const late = gate.enter(() => {
    hasRun = true;
    return Promise.resolve();
  });

  await expect(late).rejects.toBeInstanceOf(OverloadedError);
  end();
  await running;
  await gate.enter(() => Promise.resolve());

  expect(hasRun).toBe(false);
});

it('rejects what waits, but not what runs', async () => {
  const gate = new Gate(limits);
  const { job, end } = heldJob();
  const running = gate.enter(() => job().then(() => 'done'));
  const waiting = gate.enter(job);

  gate.rejectWaiting(new Error('restarting'));
  end();

  await expect(waiting).rejects.toThrow('restarting');
  await expect(running).resolves.toBe('done');
});

it('closes after the last job and takes no new one', async () => {
  const gate = new Gate(limits);
  const { job, end } = heldJob();
  const ended: string[] = [];
  const running = gate.enter(job).then(() => ended.push('job'));

  const closing = gate.close().then(() => ended.push('gate'));
  await expect(gate.enter(job)).rejects.toThrow('The service is stopping.');
  end();
  await Promise.all([running, closing]);

  expect(ended).toEqual(['job', 'gate']);
});
