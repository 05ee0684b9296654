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
