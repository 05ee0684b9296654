import { v7 } from 'uuid';
import { insertKey } from '#server/features/accounts/keys.store.ts';
import { tokenHash } from '#server/features/accounts/secrets.ts';
import { EVERY_RIGHT } from '#tests/support/callers.ts';
import type { TestApp } from '#tests/support/test-app.ts';

/**
 * What is nobody's by place: an account and its grant are told to whoever manages accounts, which no limited grant
 * gives, the rest to its owner. None of the callers that ask is ever told of it, but
 * for what he sends himself.
 */
export type HouseRow = {
  readonly kind: 'account' | 'grant' | 'key' | 'import';
  readonly id: string;
  readonly marks: readonly string[];
};

const mark = (number: number): string => `龘${String(8_000_000 + number)}靐`;

/** Somebody's file, with a good row and a faulty one; every text of it is a mark. Others send the same one. */
export const OTHERS_FILE = `编号,名称,经度,纬度,${mark(1)}\n${mark(2)},${mark(3)},125.31,43.21,${mark(4)}\n${mark(5)},${mark(6)},,,${mark(7)}\n`;
const FILE_NAME = mark(8);

/** Somebody's account, grant, key and import; whoever asks afterwards is somebody else. */
export async function makeHouse(app: TestApp): Promise<readonly HouseRow[]> {
  const agent = await app.agentOf(...EVERY_RIGHT);
  const name = { account: mark(9), key: mark(10) };
  const { account } = (
    await agent
      .post('/api/v1/accounts')
      .send({ name: `house-${v7()}`, fullName: name.account })
      .expect(201)
  ).body as { account: { id: string; name: string } };
  const given = { accountId: account.id, role: 'viewer', regions: ['990200'] };
  const grant = (await agent.post('/api/v1/grants').send(given).expect(201)).body as { id: string };
  const keyId = v7();
  await app.database.accounts((trx) =>
    insertKey(trx, {
      id: keyId,
      accountId: account.id,
      name: name.key,
      prefix: 'rm_house',
      secretHash: tokenHash(keyId),
      isReadOnly: true,
      regions: null,
      createdAt: new Date(0),
      expiresAt: new Date(Date.UTC(2200, 0)),
    }),
  );
  const file = (
    await agent
      .post('/api/v1/imports')
      .query({ kind: 'risk-points', crs: 'wgs84', fileName: FILE_NAME })
      .set('Content-Type', 'text/csv')
      .send(OTHERS_FILE)
      .expect(201)
  ).body as { id: string; state: string };
  if (file.state !== 'ready') throw new Error(`The file is ${file.state}`);
  return [
    { kind: 'account', id: account.id, marks: [account.id, name.account] },
    { kind: 'grant', id: grant.id, marks: [grant.id] },
    { kind: 'key', id: keyId, marks: [keyId, name.key] },
    { kind: 'import', id: file.id, marks: [file.id, ...[1, 2, 3, 4, 5, 6, 7, 8].map(mark)] },
  ];
}
