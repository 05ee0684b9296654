import { createServer, get } from 'node:http';
import type { Server } from 'node:http';
import { Agent } from 'node:http';
import { checkPort, Closers, closeServer, listen } from '#server/lifecycle.ts';
import { StartupError } from '#server/startup-error.ts';

const host = '127.0.0.1';

function fetchText(port: number, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    get({ host, port, agent }, (res) => {
      let text = '';
      res.on('data', (chunk: Buffer) => (text += chunk.toString()));
      res.on('end', () => resolve(text));
      res.on('error', reject);
    }).on('error', reject);
  });
}

describe('listening', () => {
  it('leaves the port free after looking whether it is', async () => {
    const server = createServer();
    const port = await listen(server, { host, port: 0 });
    await closeServer(server, 100);

    await checkPort({ host, port });
    await listen(server, { host, port });
    await closeServer(server, 100);
  });

  it('names a taken port and what to do', async () => {
    const first = createServer();
    const port = await listen(first, { host, port: 0 });
    try {
      const second = listen(createServer(), { host, port });
      await expect(second).rejects.toThrow(StartupError);
      await expect(second).rejects.toThrow(`Port ${port} is taken`);
      await expect(second).rejects.toThrow('set PORT');
      await expect(checkPort({ host, port })).rejects.toThrow(`Port ${port} is taken`);
    } finally {
      await closeServer(first, 100);
    }
  });
});

describe('closing', () => {
  let server: Server;
  const agent = new Agent({ keepAlive: true });
  afterEach(() => agent.destroy());

  it('lets a running request end, though its connection is kept alive', async () => {
    server = createServer((_req, res) => setTimeout(() => res.end('whole'), 300));
    const port = await listen(server, { host, port: 0 });
    const answer = fetchText(port, agent);
    await new Promise((resolve) => setTimeout(resolve, 100));

    const began = performance.now();
    await closeServer(server, 5_000);

    expect(await answer).toBe('whole');
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('cuts a request that does not end in time', async () => {
    server = createServer(() => undefined);
    const port = await listen(server, { host, port: 0 });
    const answer = fetchText(port, agent);
    const outcome = answer.then(
      () => 'answered',
      () => 'cut',
    );
    await new Promise((resolve) => setTimeout(resolve, 100));

    await closeServer(server, 200);

    expect(await outcome).toBe('cut');
    expect(server.listening).toBe(false);
  });

  it('undoes in reverse order, all of it, and tells the first failure', async () => {
    const order: string[] = [];
    const closers = new Closers();
    const step = (name: string, error?: Error) => () => {
      order.push(name);
      return error ? Promise.reject(error) : Promise.resolve();
    };
    closers.add(step('database'));
    closers.add(step('server', new Error('stuck')));
    closers.add(step('jobs'));

    await expect(closers.run()).rejects.toThrow('stuck');
    expect(order).toEqual(['jobs', 'server', 'database']);
  });
});
