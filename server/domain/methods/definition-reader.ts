import type { Bilingual } from '../bilingual.ts';
import type { Fault } from '../errors.ts';
import { isLevel } from '../level.ts';
import type { Level } from '../level.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

/**
 * Reads typed values out of unknown JSON and gathers every fault with its JSON Pointer. After a
 * fault it returns a stand-in, so that reading goes on; callers must look at `faults`.
 */
export class DefinitionReader {
  readonly faults: Fault[] = [];

  object(value: unknown, at: string): JsonObject {
    if (isObject(value)) return value;
    return this.#fault(at, { zh: '应为对象。', en: 'must be an object' }, {});
  }

  text(object: JsonObject, at: string, key: string): string {
    const value = object[key];
    if (typeof value === 'string' && value.trim() !== '') return value;
    return this.#fault(
      `${at}/${key}`,
      { zh: '应为非空的文本。', en: 'must be a text that is not empty' },
      '',
    );
  }

  number(object: JsonObject, at: string, key: string): number {
    const value = object[key];
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    return this.#fault(`${at}/${key}`, { zh: '应为数。', en: 'must be a number' }, 0);
  }

  count(object: JsonObject, at: string, key: string): number {
    const value = object[key];
    if (typeof value === 'number' && Number.isInteger(value) && value >= 1) return value;
    return this.#fault(
      `${at}/${key}`,
      { zh: '应为从 1 起的整数。', en: 'must be a whole number from 1' },
      1,
    );
  }

  flag(object: JsonObject, at: string, key: string): boolean {
    const value = object[key];
    if (typeof value === 'boolean') return value;
    return this.#fault(
      `${at}/${key}`,
      { zh: '应为 true 或 false。', en: 'must be true or false' },
      false,
    );
  }

  day(object: JsonObject, at: string, key: string): string {
    const value = object[key];
    if (typeof value === 'string' && DAY.test(value)) return value;
    return this.#fault(
      `${at}/${key}`,
      { zh: '应为日期，格式为 YYYY-MM-DD。', en: 'must be a day, YYYY-MM-DD' },
      '',
    );
  }

  level(object: JsonObject, at: string): Level {
    const value = object['level'];
    if (isLevel(value)) return value;
    return this.#fault(`${at}/level`, { zh: '应为 1、2、3 或 4。', en: 'must be 1, 2, 3 or 4' }, 1);
  }

  oneOf<T extends string>(
    object: JsonObject,
    at: string,
    key: string,
    allowed: readonly [T, ...T[]],
  ): T {
    const found = allowed.find((candidate) => candidate === object[key]);
    if (found !== undefined) return found;
    return this.#fault(
      `${at}/${key}`,
      { zh: `应为 ${allowed.join(' 或 ')}。`, en: `must be ${allowed.join(' or ')}` },
      allowed[0],
    );
  }

  bilingual(object: JsonObject, at: string, key: string): Bilingual {
    const inner = this.object(object[key], `${at}/${key}`);
    if (inner !== object[key]) return { zh: '', en: '' };
    return {
      zh: this.text(inner, `${at}/${key}`, 'zh'),
      en: this.text(inner, `${at}/${key}`, 'en'),
    };
  }

  /** A list of at least one object. */
  list<T>(
    object: JsonObject,
    at: string,
    key: string,
    read: (item: JsonObject, itemAt: string) => T,
  ): readonly T[] {
    const value = object[key];
    const pointer = `${at}/${key}`;
    if (!Array.isArray(value) || value.length === 0) {
      return this.#fault(
        pointer,
        { zh: '应为列表，且至少有一项。', en: 'must be a list with at least one entry' },
        [],
      );
    }
    return value.map((item: unknown, index) => {
      const itemAt = `${pointer}/${index}`;
      return read(this.object(item, itemAt), itemAt);
    });
  }

  #fault<T>(pointer: string, detail: Bilingual, standIn: T): T {
    this.faults.push({ pointer, detail });
    return standIn;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
