import { RuleViolationError } from '#server/domain/errors.ts';
import { findLifecycle, parseLifecycleTable } from '#server/domain/import/import-lifecycles.ts';
import { tables } from './import-data.ts';

function faultsOf(json: unknown): readonly string[] {
  try {
    parseLifecycleTable(json);
    return [];
  } catch (error) {
    if (!(error instanceof RuleViolationError)) throw error;
    return error.faults.map(({ pointer, detail }) => `${pointer} ${detail.en}`);
  }
}

describe('a word for a lifecycle', () => {
  it.each([
    ['operating', 'running'],
    ['Operating', 'running'],
    ['in operation', 'running'],
    ['operating-pre-retirement', 'running'],
    ['在产', 'running'],
    ['正常生产', 'running'],
    ['在产（正常）', 'running'],
    ['construction', 'building'],
    ['Under Construction', 'building'],
    ['in_development', 'building'],
    ['在建', 'building'],
    ['建设中', 'building'],
    ['停产', 'suspended'],
    ['停 产', 'suspended'],
    ['mothballed', 'long_suspended'],
    ['长期停产', 'long_suspended'],
    ['long_suspended', 'long_suspended'],
    ['announced', 'planned'],
    ['proposed', 'planned'],
    ['permitted', 'planned'],
    ['pre-construction', 'planned'],
    ['Pre-Construction', 'planned'],
    ['pre-permit', 'planned'],
    ['pre-feasibility', 'planned'],
    ['pre operational', 'planned'],
    ['shelved', 'planned'],
    ['discovered', 'planned'],
    ['拟建', 'planned'],
    ['未建', 'planned'],
    ['cancelled', 'closed'],
    ['canceled', 'closed'],
    ['retired', 'closed'],
    ['decommissioned', 'closed'],
    ['关闭', 'closed'],
    ['注销', 'closed'],
    ['Closed', 'closed'],
  ])('%j means %s', (word, lifecycle) => {
    expect(findLifecycle(tables.lifecycles, word)).toBe(lifecycle);
  });

  it.each(['', 'prepared', 'unknown', '正在', 'constructor', '__proto__'])(
    '%j is not in the table',
    (word) => {
      expect(findLifecycle(tables.lifecycles, word)).toBeNull();
    },
  );
});

describe('a table of lifecycle words', () => {
  it('adds to the words of the register', () => {
    const table = parseLifecycleTable({ words: { closed: ['gone'] }, prefixes: {} });

    expect(findLifecycle(table, 'gone')).toBe('closed');
    expect(findLifecycle(table, '长期停产')).toBe('long_suspended');
    expect(findLifecycle(table, 'pre-permit')).toBeNull();
  });

  it('is refused with every fault', () => {
    expect(faultsOf(null)).toEqual([
      ' must be an object',
      '/words must be an object',
      '/prefixes must be an object',
    ]);
    expect(
      faultsOf({ words: { running: ['up', 3], away: ['gone'], closed: ['在产'] }, prefixes: {} }),
    ).toEqual([
      '/words/running must be a list of texts',
      '/words/away is not a state of the register',
      '/words/closed The word "在产" stands for two states',
    ]);
  });
});
