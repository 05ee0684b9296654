import express from 'express';
import request from 'supertest';
import { senderOf } from '#server/http/sender.ts';

/** What the service makes of a request that comes from this machine with such headers. */
async function seen(headers: Readonly<Record<string, string>>, trusted: readonly string[] = []) {
  const app = express();
  app.set('trust proxy', trusted);
  app.get('/', (req, res) => void res.json(senderOf(req)));
  const { body } = await request(app)
    .get('/')
    .set({ Host: '127.0.0.1:8080', ...headers });
  return body as ReturnType<typeof senderOf>;
}

const FORWARDING: readonly Readonly<Record<string, string>>[] = [
  { 'X-Forwarded-For': '192.0.2.1' },
  { 'X-Forwarded-Proto': 'https' },
  { 'X-Forwarded-Host': 'risk.example.org' },
  { 'X-Real-IP': '192.0.2.1' },
  { Forwarded: 'for=192.0.2.1' },
  { Via: '1.1 proxy' },
];

it('is this machine itself only by connection and host name', async () => {
  expect((await seen({})).isLocal).toBe(true);
  expect((await seen({ Host: 'risk.example.org' })).isLocal).toBe(false);
});

it.each(FORWARDING)('is not this machine with %j, whoever is trusted', async (headers) => {
  expect((await seen(headers)).isLocal).toBe(false);
  expect((await seen(headers, ['127.0.0.1'])).isLocal).toBe(false);
});

it('came by https only where a trusted proxy says so', async () => {
  const https = { 'X-Forwarded-Proto': 'https' };

  expect((await seen(https)).isEncrypted).toBe(false);
  expect((await seen(https, ['10.0.0.0/8'])).isEncrypted).toBe(false);
  expect((await seen(https, ['127.0.0.0/8'])).isEncrypted).toBe(true);
  expect((await seen({}, ['127.0.0.1'])).isEncrypted).toBe(false);
  // A proxy that adds to what it was sent: the first may be the client's own word.
  const added = { 'X-Forwarded-Proto': 'https, http' };
  expect((await seen(added, ['127.0.0.1'])).isEncrypted).toBe(false);
});

it.each([
  { header: '192.0.2.1', trusted: [], address: '127.0.0.1' },
  { header: '192.0.2.1', trusted: ['127.0.0.1'], address: '192.0.2.1' },
  { header: '2001:db8::1', trusted: ['127.0.0.1'], address: '2001:db8::1' },
  { header: '203.0.113.9, 192.0.2.1', trusted: ['127.0.0.1'], address: '192.0.2.1' },
  { header: '192.0.2.1, 10.0.0.7', trusted: ['127.0.0.1', '10.0.0.0/8'], address: '192.0.2.1' },
  { header: String.raw`'; DROP TABLE \ --`, trusted: ['127.0.0.1'], address: '127.0.0.1' },
])('by X-Forwarded-For: $header, trusting $trusted, it is $address', async (row) => {
  const { address } = await seen({ 'X-Forwarded-For': row.header }, row.trusted);

  // Node tells of IPv4 connections as IPv6 where it listens to both.
  expect(address.replace('::ffff:', '')).toBe(row.address);
});
