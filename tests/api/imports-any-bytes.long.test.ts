import { sendAnyFiles } from '#tests/support/any-import-file.ts';
import { testEngine } from '#tests/support/test-database.ts';

const COUNTS = { postgres: 500, embedded: 150 } as const;

describe('any bytes sent as a file', () => {
  it('give a report or a clear refusal, very many times', async () => {
    await expect(sendAnyFiles(COUNTS[testEngine()])).resolves.toBeUndefined();
  });
});
