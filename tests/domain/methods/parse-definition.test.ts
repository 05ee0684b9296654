import { RuleViolationError } from '#server/domain/errors.ts';
import type { Fault } from '#server/domain/errors.ts';
import { parseDefinition } from '#server/domain/methods/parse-definition.ts';
import { shippedDefinitions, shippedJson } from './definitions.ts';

type Json = Record<string, unknown>;

const lec = (): Json => structuredClone(shippedJson('lec')[0]) as Json;
const ls = (): Json => structuredClone(shippedJson('ls')[3]) as Json;

function faultsOf(json: unknown): readonly Fault[] {
  try {
    parseDefinition(json);
  } catch (error) {
    if (error instanceof RuleViolationError) return error.faults;
    throw error;
  }
  return [];
}

const pointersOf = (json: unknown): readonly string[] => faultsOf(json).map((f) => f.pointer);

const variantsOf = (method: string): readonly string[] =>
  shippedDefinitions
    .filter((d) => d.method === method)
    .map((d) => (d.isDefault ? `${d.variant}*` : d.variant));

describe('the shipped definitions', () => {
  it('are the four variants of each method, one of them the default', () => {
    expect(variantsOf('lec')).toEqual(['national*', 'mwr-2018', 'shandong', 'beijing']);
    expect(variantsOf('ls')).toEqual(['5x5*', '5x5-coal', '5x5-b', '4x4']);
  });

  it('come through parsing unchanged', () => {
    expect(shippedDefinitions).toEqual([...shippedJson('lec'), ...shippedJson('ls')]);
  });

  it('mark figures that still await a check against the official text', () => {
    const verified = shippedDefinitions.map((d) => [d.variant, d.verified, d.bands[0]?.verified]);

    expect(verified).toEqual([
      ['national', true, true],
      ['mwr-2018', false, false],
      ['shandong', false, false],
      ['beijing', false, false],
      ['5x5', true, true],
      ['5x5-coal', true, true],
      ['5x5-b', false, true],
      ['4x4', false, true],
    ]);
  });
});

describe('a definition with faults', () => {
  it('is refused with every wrong type at once', () => {
    const json = {
      ...lec(),
      method: ' ',
      revision: 0.5,
      name: 'LEC',
      clause: { zh: '文' },
      verified: 'yes',
      validFrom: '2016-13-01',
      factors: [{ id: 'L', name: { zh: '可', en: 'l' }, scale: [{ value: '1' }] }],
      bands: [],
    };

    expect(pointersOf(json)).toEqual([
      '/method',
      '/revision',
      '/name',
      '/factors/0/scale/0/value',
      '/factors/0/scale/0/text',
      '/factors/0/scale/0/verified',
      '/clause/en',
      '/verified',
      '/validFrom',
      '/bands',
    ]);
  });

  it('is refused when it is no object at all', () => {
    expect(pointersOf(null)).toContain('');
    expect(pointersOf([])).toContain('/kind');
  });

  it('is refused when its kind is unknown', () => {
    expect(faultsOf({ ...lec(), kind: 'sum' })).toEqual([
      {
        pointer: '/kind',
        detail: { zh: '应为 product 或 matrix。', en: 'must be product or matrix' },
      },
    ]);
  });

  it('is refused when a level is not 1 to 4', () => {
    const json = lec();
    (json['bands'] as Json[])[3] = { ...(json['bands'] as Json[])[3], level: 5 };

    expect(pointersOf(json)).toEqual(['/bands/3/level']);
  });

  it('is refused when the formula does not name its factors', () => {
    expect(faultsOf({ ...lec(), formula: 'L x E x C' })).toEqual([
      {
        pointer: '/formula',
        detail: { zh: '应为“L × E × C”。', en: 'It must read "L × E × C"' },
      },
    ]);
  });

  it('is refused when it ends before it begins', () => {
    expect(pointersOf({ ...lec(), validTo: '2016-10-09' })).toEqual(['/validTo']);
    expect(pointersOf({ ...lec(), validTo: '2016-10-10' })).toEqual([]);
  });

  it('is refused when bands are out of order or leave low scores without one', () => {
    const json = lec();
    const [red, orange, yellow] = json['bands'] as Json[];

    expect(pointersOf({ ...json, bands: [orange, red, yellow] })).toEqual([
      '/bands/1',
      '/bands/2/min',
    ]);
  });

  it('is refused when a scale repeats a value or holds zero, or an id is used twice', () => {
    const json = lec();
    const step = { text: { zh: '一', en: 'one' }, verified: true };
    const factor = {
      id: 'L',
      name: { zh: '可', en: 'l' },
      scale: [
        { value: 0, ...step },
        { value: 0, ...step },
      ],
    };

    expect(pointersOf({ ...json, formula: 'L × L', factors: [factor, factor] })).toEqual([
      '/factors',
      '/factors/0/scale',
      '/factors/0/scale',
      '/factors/1/scale',
      '/factors/1/scale',
    ]);
  });

  it('is refused when a matrix lacks a cell, repeats one or has one off the scales', () => {
    const cells = ls()['cells'] as Json[];
    const [first] = cells;

    expect(faultsOf({ ...ls(), cells: cells.slice(1) })).toEqual([
      {
        pointer: '/cells',
        detail: {
          zh: 'L 4、S 4 的单元格出现 0 次，应为 1 次。',
          en: 'The cell L 4, S 4 is there 0 times',
        },
      },
    ]);
    expect(faultsOf({ ...ls(), cells: [...cells, first] })).toEqual([
      {
        pointer: '/cells',
        detail: {
          zh: 'L 4、S 4 的单元格出现 2 次，应为 1 次。',
          en: 'The cell L 4, S 4 is there 2 times',
        },
      },
    ]);
    expect(faultsOf({ ...ls(), cells: [...cells, { L: 9, S: 1, level: 1 }] })).toEqual([
      {
        pointer: '/cells',
        detail: { zh: '有单元格不在取值表的范围内。', en: 'A cell lies off the scales' },
      },
    ]);
  });

  it('is refused when a matrix has other factors or an unnamed level', () => {
    const json = ls();
    const [l, s] = json['factors'] as Json[];

    expect(pointersOf({ ...json, formula: 'S × L', factors: [s, l] })).toEqual(['/factors']);
    expect(pointersOf({ ...json, bands: (json['bands'] as Json[]).slice(1) })).toEqual(['/bands']);
  });
});
