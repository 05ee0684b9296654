import {
  ConflictError,
  NotFoundError,
  OverloadedError,
  pointerKey,
  RuleViolationError,
  TimeoutError,
} from '#server/domain/errors.ts';

describe('domain errors', () => {
  it('say what was not found', () => {
    const error = new NotFoundError('risk point', 'a1');

    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'NotFoundError', what: 'risk point', id: 'a1' });
    expect(error.message).toBe('No risk point "a1"');
  });

  it('carry every fault of a broken rule', () => {
    const faults = [{ pointer: '/inputs/L', detail: { zh: '缺少 L', en: 'L is missing' } }];

    expect(new RuleViolationError({ zh: '不行', en: 'no' }, faults).faults).toEqual(faults);
  });

  it('tell when to try again', () => {
    expect(new OverloadedError('full').retryAfterSeconds).toBe(5);
    expect(new OverloadedError('full', 30).retryAfterSeconds).toBe(30);
    expect(new TimeoutError('slow').retryAfterSeconds).toBe(5);
    expect(new TimeoutError('slow', 2).retryAfterSeconds).toBe(2);
  });

  it('are told apart by name', () => {
    expect(new ConflictError({ zh: '已占用', en: 'taken' }).name).toBe('ConflictError');
  });

  it('escape a key for a JSON Pointer, the tilde first', () => {
    expect(pointerKey('a~b/c')).toBe('a~0b~1c');
    expect(pointerKey('~1')).toBe('~01');
  });
});
