import * as fc from 'fast-check';
import { isolate, legendKeyOf, listFilterOf, toggleHidden } from '#client/state/legend-filter.ts';
import { LEGEND_KEYS } from '#client/state/url-state.ts';

const anyHidden = fc.subarray([...LEGEND_KEYS]);
const anyKey = fc.constantFrom(...LEGEND_KEYS);

describe('the legend as a filter', () => {
  it('hides a class, and shows it again at the second click', () => {
    expect(toggleHidden([], '4')).toEqual(['4']);
    expect(toggleHidden(['4'], '1')).toEqual(['1', '4']);
    fc.assert(
      fc.property(anyHidden, anyKey, (hide, key) => {
        expect(toggleHidden(toggleHidden(hide, key), key)).toEqual(hide);
      }),
    );
  });

  it('leaves one class alone, and brings all back when asked for the same class again', () => {
    const alone = isolate(['1'], 'expired');

    expect(alone).toEqual(['1', '2', '3', '4', 'not_assessed', 'not_applicable']);
    expect(isolate(alone, 'expired')).toEqual([]);
    expect(isolate(alone, '1')).toEqual([
      '2',
      '3',
      '4',
      'not_assessed',
      'expired',
      'not_applicable',
    ]);
  });

  it('counts a row by its level, and by its state where it has none', () => {
    expect(legendKeyOf('assessed', 2)).toBe('2');
    expect(legendKeyOf('expired', null)).toBe('expired');
    expect(legendKeyOf('not_assessed', null)).toBe('not_assessed');
  });
});

describe('what a list asks the service for', () => {
  it('asks for everything while nothing is hidden', () => {
    expect(listFilterOf([], 'assessed')).toEqual({});
  });

  it('asks for levels once every grey is hidden', () => {
    const hide = ['2', 'not_assessed', 'expired', 'not_applicable'] as const;

    expect(listFilterOf(hide, 'assessed')).toEqual({ level: '1,3,4' });
    expect(listFilterOf(hide, 'dynamic')).toEqual({ dynamic: '1,3,4' });
  });

  it('asks for states while some grey is shown', () => {
    expect(listFilterOf(['not_applicable'], 'assessed')).toEqual({
      state: 'assessed,not_assessed,expired',
    });
    expect(listFilterOf(['1', '2', '3', '4'], 'assessed')).toEqual({
      state: 'not_assessed,expired,not_applicable',
    });
  });

  it('never asks for less than what the legend lets through', () => {
    fc.assert(
      fc.property(anyHidden, anyKey, (hide, key) => {
        fc.pre(!hide.includes(key));
        const { level, state } = listFilterOf(hide, 'assessed');
        const isLevel = '1234'.includes(key);

        expect(level === undefined || level.split(',').includes(key)).toBe(true);
        expect(state === undefined || state.split(',').includes(isLevel ? 'assessed' : key)).toBe(
          true,
        );
      }),
    );
  });
});
