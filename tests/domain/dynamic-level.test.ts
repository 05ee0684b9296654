import { dynamicLevel, RAISING_RULES } from '#server/domain/dynamic-level.ts';
import type { RaisingSignal } from '#server/domain/dynamic-level.ts';

const danger: RaisingSignal = { kind: 'major-hidden-danger', id: 'd1' };
const supervision: RaisingSignal = { kind: 'listed-supervision', id: 's1' };

describe('the dynamic control level', () => {
  it('is the assessed level where nothing raises it', () => {
    expect(dynamicLevel({ level: 3, signals: [] })).toEqual({
      level: 3,
      decidedBy: null,
      applies: [],
    });
    expect(dynamicLevel({ level: null, signals: [] }).level).toBeNull();
  });

  it('cites the first rule that raises and lists all that apply', () => {
    const result = dynamicLevel({ level: 3, signals: [supervision, danger] });

    expect([result.level, result.decidedBy]).toEqual([1, 'major-hidden-danger']);
    expect(result.applies.map((a) => [a.rule, a.signalId, a.level])).toEqual([
      ['major-hidden-danger', 'd1', 1],
      ['listed-supervision', 's1', 1],
    ]);
  });

  it('cites the rule that gives the level when an earlier one raises less', () => {
    const override: RaisingSignal = { kind: 'override', id: 'o1', level: 2 };

    const result = dynamicLevel({ level: 3, signals: [override, danger] });

    expect([result.level, result.decidedBy]).toEqual([1, 'major-hidden-danger']);
    expect(result.applies).toHaveLength(2);
  });

  it('is never lowered by an override, which is listed and not cited', () => {
    const result = dynamicLevel({
      level: 2,
      signals: [{ kind: 'override', id: 'o1', level: 4 }],
    });

    expect([result.level, result.decidedBy]).toEqual([2, null]);
    expect(result.applies).toHaveLength(1);
  });

  it('can be set where nothing was assessed', () => {
    expect(dynamicLevel({ level: null, signals: [supervision] })).toMatchObject({
      level: 1,
      decidedBy: 'listed-supervision',
    });
  });

  it('reaches every rule of the table', () => {
    const signals: readonly RaisingSignal[] = [
      { kind: 'override', id: 'o1', level: 1 },
      danger,
      supervision,
    ];

    const cited = signals.map((s) => dynamicLevel({ level: 4, signals: [s] }).decidedBy);

    expect(cited).toEqual(RAISING_RULES.map((rule) => rule.id));
  });
});
