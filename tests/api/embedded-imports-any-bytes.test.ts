import { sendAnyFiles } from '#tests/support/any-import-file.ts';

describe('any bytes sent as a file', () => {
  it('give a report or a clear refusal, and never half an import', async () => {
    await expect(sendAnyFiles(25)).resolves.toBeUndefined();
  });
});
