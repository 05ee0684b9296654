import type { ListPlace } from './export-request.ts';

type Placed = {
  readonly severity: number;
  readonly names: { readonly zh: string };
  readonly id: string;
};

/** One page: what the list has there, and the rows that become of it. */
export type Page<H, R> = { readonly heads: readonly H[]; readonly rows: readonly R[] };

/**
 * Page after page in the order of the list, each asked for when the one before is used up. Each is read by itself, so
 * that a slow reader keeps neither a transaction nor a connection.
 */
export async function* pagesOf<H extends Placed, R>(
  read: (after: ListPlace | null, limit: number) => Promise<Page<H, R>>,
  limit: number,
): AsyncGenerator<readonly R[]> {
  let after: ListPlace | null = null;
  for (;;) {
    const { heads, rows }: Page<H, R> = await read(after, limit);
    yield rows;
    const last: H | undefined = heads.at(-1);
    if (last === undefined || heads.length < limit) return;
    after = [last.severity, last.names.zh, last.id];
  }
}

/** The same with its first item made already: what goes wrong at the beginning is thrown here. */
export async function begun<T>(items: AsyncGenerator<T>): Promise<AsyncGenerator<T>> {
  const first = await items.next();
  const all = async function* (): AsyncGenerator<T> {
    try {
      for (let item = first; !item.done; item = await items.next()) yield item.value;
    } finally {
      await items.return(undefined);
    }
  };
  return all();
}
