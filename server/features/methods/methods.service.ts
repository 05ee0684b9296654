import type { Knex } from 'knex';
import type { Bilingual } from '#server/domain/bilingual.ts';
import { NotFoundError, RuleViolationError } from '#server/domain/errors.ts';
import { evaluate } from '#server/domain/methods/evaluate.ts';
import { findDefinition } from '#server/domain/methods/find-definition.ts';
import type { VersionQuery } from '#server/domain/methods/find-definition.ts';
import type { Evaluation, MethodDefinition } from '#server/domain/methods/method.ts';
import { listMethods } from './methods.store.ts';
import type { StoredMethod } from './methods.store.ts';

export type MethodsService = {
  list(): Promise<readonly StoredMethod[]>;
  /** Throws NotFoundError. */
  get(id: string): Promise<StoredMethod>;
  /** A version by its name in an address: `variant@revision`, or `variant` for the one in force today. Throws NotFoundError. */
  getVersion(id: string, version: string): Promise<MethodDefinition>;
  /**
   * The version that a body names by `method` and `version`, read in the caller's transaction.
   * Throws RuleViolationError that points to the member at fault.
   */
  definitionFor(trx: Knex.Transaction, query: VersionQuery): Promise<MethodDefinition>;
  /** Stores nothing. Throws NotFoundError for the method, RuleViolationError for the version and the inputs. */
  evaluate(id: string, version: string | undefined, inputs: Inputs): Promise<Evaluation>;
};

type Inputs = Readonly<Record<string, unknown>>;

type Parts = {
  readonly read: <T>(work: (trx: Knex.Transaction) => Promise<T>) => Promise<T>;
  /** Today in the service's time zone, YYYY-MM-DD. */
  readonly today: () => string;
  /** Milliseconds that never go back. */
  readonly now?: () => number;
};

/** Published revisions never change; a new one is seen at the latest after this time. */
const CACHE_MS = 60_000;

/** Definitions are small, asked for all the time and change with a release, so they are read through a cache. */
export function createMethodsService(parts: Parts): MethodsService {
  const { today } = parts;
  const { list, listWithin } = cachedList(parts);

  async function get(id: string): Promise<StoredMethod> {
    const found = (await list()).find((method) => method.id === id);
    if (found === undefined) throw new NotFoundError('method', id);
    return found;
  }

  return {
    list,
    get,
    async getVersion(id, version) {
      const { versions } = await get(id);
      const found = findDefinition(versions, { method: id, version, onDay: today() });
      if (found === null) throw new NotFoundError('method version', `${id} ${version}`);
      return found;
    },
    async definitionFor(trx, query) {
      return chosen(await listWithin(trx), query);
    },
    async evaluate(id, version, inputs) {
      const method = await get(id);
      return evaluate(chosen([method], { method: id, version, onDay: today() }), inputs);
    },
  };
}

function cachedList({ read, now = () => performance.now() }: Parts) {
  let cached: { readonly at: number; readonly methods: readonly StoredMethod[] } | null = null;
  const fresh = () => (cached !== null && now() - cached.at <= CACHE_MS ? cached.methods : null);
  const keep = (methods: readonly StoredMethod[]) => {
    cached = { at: now(), methods };
    return methods;
  };
  return {
    list: async () => fresh() ?? keep(await read(listMethods)),
    // Never waits for another request's read: on a pool of one that read may wait for this very transaction.
    listWithin: async (trx: Knex.Transaction) => fresh() ?? keep(await listMethods(trx)),
  };
}

function chosen(methods: readonly StoredMethod[], query: VersionQuery): MethodDefinition {
  const method = methods.find(({ id }) => id === query.method);
  if (method === undefined) {
    const ids = methods.map(({ id }) => id).join(', ');
    throw refused('/method', {
      zh: `没有这个评估方法；现有：${ids}。`,
      en: `There is no such method; known: ${ids}`,
    });
  }
  const found = findDefinition(method.versions, query);
  if (found !== null) return found;
  const variants = [...new Set(method.versions.map(({ variant }) => variant))];
  const isKnown = query.version === undefined || variants.includes(query.version);
  const detail = isKnown
    ? {
        zh: `它在 ${query.onDay} 没有施行中的修订版。`,
        en: `No revision of it is in force on ${query.onDay}`,
      }
    : {
        zh: `评估方法 ${method.id} 没有这个版本；它的版本：${variants.join('、')}。`,
        en: `The method ${method.id} has no such version; its variants: ${variants.join(', ')}`,
      };
  throw refused('/version', detail);
}

const UNFIT = { zh: '该评估方法无法使用。', en: 'The method cannot be applied.' };

function refused(pointer: string, detail: Bilingual): RuleViolationError {
  return new RuleViolationError(UNFIT, [{ pointer, detail }]);
}
