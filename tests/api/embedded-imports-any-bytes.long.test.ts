import { sendAnyFiles } from '#tests/support/any-import-file.ts';

describe('any bytes sent as a file', () => {
  it('give a report or a clear refusal, 2,000 times', async () => {
    await expect(sendAnyFiles(2000)).resolves.toBeUndefined();
  });
});
