import type { ImportReport } from '#server/features/imports/import-report.contract.ts';
import type { TestApp } from './test-app.ts';

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

type Query = Readonly<Record<string, string>>;

/** Sends a file to be imported and waits until it was read. */
export async function sendImport(
  { agent }: TestApp,
  file: string | Buffer,
  query: Query,
  mediaType = 'text/csv',
): Promise<ImportReport> {
  const response = await agent
    .post('/api/v1/imports')
    .query(query)
    .set('Content-Type', mediaType)
    .send(file);
  if (response.status !== 201) {
    throw new Error(`Not taken: ${response.status} ${response.text}`);
  }
  return settled({ agent }, response.body as ImportReport);
}

/** Writes an import and waits until it was written. */
export async function commitImport(
  { agent }: Pick<TestApp, 'agent'>,
  { id }: Pick<ImportReport, 'id'>,
  skipFaulty = false,
): Promise<ImportReport> {
  const response = await agent.post(`/api/v1/imports/${id}/commit`).send({ skipFaulty });
  if (response.status !== 200) {
    throw new Error(`Not written: ${response.status} ${response.text}`);
  }
  return settled({ agent }, response.body as ImportReport);
}

async function settled(
  { agent }: Pick<TestApp, 'agent'>,
  report: ImportReport,
): Promise<ImportReport> {
  let current = report;
  while (current.state === 'reading' || current.state === 'committing') {
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
    const response = await agent.get(`/api/v1/imports/${current.id}`);
    current = response.body as ImportReport;
  }
  return current;
}
