import * as fc from 'fast-check';
import { RuleViolationError } from '#server/domain/errors.ts';
import { checkUscc, completeUscc } from '#server/domain/identifiers/uscc.ts';
import { itWithSharedVectors, sharedVectors } from '../shared-vectors.ts';

const faultsOf = (code: string): readonly string[] => checkUscc(code).faults.map((f) => f.id);

describe('a unified social credit code', () => {
  it('is valid where form and both check characters fit', () => {
    // The example printed in GB 32100-2015.
    expect(checkUscc('91350100M000100Y43')).toEqual({ valid: true, faults: [] });
  });

  it.each([
    ['91350100M000100Y44', ['check']],
    ['91350100M000100Y53', ['subject-check', 'check']],
    ['9135010OM000100Y43', ['form']],
    ['91350100I000100Y43', ['form']],
    ['91350100m000100y43', ['form']],
    ['91350100M000100Y4', ['length']],
    ['91350100M000100Y433', ['length']],
    ['', ['length']],
  ])('%s has the faults %j', (code, faults) => {
    expect(faultsOf(code)).toEqual(faults);
    expect(checkUscc(code).valid).toBe(false);
  });

  it('says in both languages what is wrong', () => {
    const [fault] = checkUscc('123').faults;

    expect(fault).toEqual({ id: 'length', zh: '应为 18 位', en: 'It must have 18 characters' });
  });

  it('says which check character is expected', () => {
    // The valid code is …Y43: both characters are told, the last as it would be after the first.
    expect(checkUscc('91350100M000100Y55').faults).toEqual([
      {
        id: 'subject-check',
        zh: '第 17 位（主体标识码校验位）不符：应为 4，现为 5',
        en: 'Character 17, the check of the subject code, does not fit: 4 expected, not 5',
      },
      {
        id: 'check',
        zh: '第 18 位校验码不符：应为 3，现为 5',
        en: 'Character 18, the check of the whole code, does not fit: 3 expected, not 5',
      },
    ]);
  });

  it('is completed from its first sixteen characters', () => {
    expect(completeUscc('91350100M000100Y')).toBe('91350100M000100Y43');
  });

  it('is not completed from a malformed beginning', () => {
    expect(() => completeUscc('91350100M000100')).toThrow(RuleViolationError);
    expect(() => completeUscc('9135010AM000100Y')).toThrow(RuleViolationError);
  });

  it('is valid when completed, and no longer once a character is changed', () => {
    const character = fc.constantFrom(...Array.from('0123456789ABCDEFGHJKLMNPQRTUWXY'));
    const body = fc.string({ unit: character, minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(body, character, fc.integer({ min: 8, max: 17 }), (first, other, at) => {
        const code = completeUscc(`91220101${first}`);
        expect(checkUscc(code).valid).toBe(true);

        if (code.charAt(at) === other) return;
        const changed = code.slice(0, at) + other + code.slice(at + 1);
        expect(checkUscc(changed).valid).toBe(false);
      }),
    );
  });

  it('writes a subject check of ten as X and of eleven as 0', () => {
    // Position 17: 11 − Σ mod 11. Body 0000000C: 12·2 = 24, 24 mod 11 = 2 → 9;
    // body 00000006: 12 mod 11 = 1 → 10 → X; body 00000000: 0 → 11 → 0.
    expect(completeUscc('912201010000000C').charAt(16)).toBe('9');
    expect(completeUscc('9122010100000006').charAt(16)).toBe('X');
    expect(completeUscc('9122010100000000').charAt(16)).toBe('0');
  });

  itWithSharedVectors('agrees with the shared vectors', () => {
    const { uscc_valid: valid, uscc_invalid: invalid } = sharedVectors();

    expect(valid.map((code) => checkUscc(code).valid)).toEqual(valid.map(() => true));
    expect(invalid.map((code) => checkUscc(code).valid)).toEqual(invalid.map(() => false));
  });
});
