import { escapeFormula } from '#server/files/formula-text.ts';
import type { Cell } from '#server/files/cell.ts';
import type { Sheet, SheetRow } from './export-sheet.ts';

/** What is told of the list beside its features (RFC 7946, foreign members). */
type Told = {
  readonly sheet: Sheet;
  readonly filter: string;
  /** Epoch milliseconds. */
  readonly now: number;
};

const ROWS_AT_ONCE = 200;

/** A FeatureCollection in pieces, EPSG:4326 [lon, lat]; its properties are called as the columns of a table are. */
export async function* writeGeojson(
  { sheet, filter, now }: Told,
  title: string,
): AsyncGenerator<Uint8Array> {
  const head = { title, filter, dataTime: new Date(now).toISOString() };
  let text = `{"type":"FeatureCollection",${JSON.stringify(head).slice(1, -1)},"features":[`;
  let count = 0;
  for await (const row of sheet.rows) {
    text += `${count === 0 ? '\n' : ',\n'}${featureText(row, sheet.columns)}`;
    count += 1;
    if (count % ROWS_AT_ONCE > 0) continue;
    yield Buffer.from(text);
    text = '';
  }
  const { rows, hasChanged } = sheet.outcome;
  yield Buffer.from(`${text}\n],"rows":${rows},"changedWhileWritten":${hasChanged}}\n`);
}

function featureText({ id, shape, cells }: SheetRow, columns: Sheet['columns']): string {
  const properties = Object.fromEntries(
    columns.flatMap(({ header, isProperty }, index) => {
      const value = valueOf(cells[index] ?? null);
      return isProperty && value !== null && value !== '' ? [[header, value] as const] : [];
    }),
  );
  const own = JSON.stringify(properties);
  return `{"type":"Feature","id":${JSON.stringify(id)},"geometry":${shape ?? 'null'},"properties":${own}}`;
}

/** Readers of a table take one apostrophe off text that begins with some before a formula: it gets one more. */
function valueOf(cell: Cell): string | number | boolean | null {
  if (cell instanceof Date) return cell.toISOString();
  return typeof cell === 'string' && cell.startsWith("'") ? escapeFormula(cell) : cell;
}
