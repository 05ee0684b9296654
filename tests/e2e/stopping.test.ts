import http from 'node:http';
import { startServerAgain } from './real-server.ts';

type Begun = { readonly finish: () => void; readonly answer: Promise<http.IncomingMessage> };

/** A sign-in of which the service has the head and half of the body. */
async function begin(url: string): Promise<Begun> {
  const body = JSON.stringify({ name: 'nobody', password: 'not-a-password' });
  const request = http.request(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
  });
  const answer = new Promise<http.IncomingMessage>((resolve, reject) => {
    request.on('response', resolve).on('error', reject);
  });
  await new Promise((resolve) => {
    request.write(body.slice(0, 10), resolve);
  });
  return { finish: () => void request.end(body.slice(10)), answer };
}

it('lets a request under way end when it is told to stop, and takes no new one', async () => {
  const server = await startServerAgain();
  const { finish, answer } = await begin(server.url);
  // The head has to be there before the signal is.
  await fetch(`${server.url}/healthz`);

  const stopped = server.stop();
  await new Promise((resolve) => {
    setTimeout(resolve, 500);
  });
  await expect(fetch(`${server.url}/healthz`)).rejects.toThrow(/fetch failed/);
  finish();

  const { statusCode } = await answer;
  expect(statusCode).toBe(401);
  await stopped;
});
