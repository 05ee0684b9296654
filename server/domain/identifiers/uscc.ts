import type { Bilingual } from '../bilingual.ts';
import { RuleViolationError } from '../errors.ts';

/** GB 32100-2015: no I, O, S, V, Z; the value of a character is its index. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** 3 to the power of i, modulo 31, for characters 1 to 17. */
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;

/** GB 11714: weights of the eight characters of the organisation code, positions 9 to 16. */
const BODY_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2] as const;

const FORM = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;
const FORM_FIRST_16 = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{8}$/;

export type UsccFaultId = 'length' | 'form' | 'subject-check' | 'check';
export type UsccFault = Bilingual & { readonly id: UsccFaultId };
export type UsccCheck = { readonly valid: boolean; readonly faults: readonly UsccFault[] };

const FAULTS: Readonly<Record<UsccFaultId, Bilingual>> = {
  length: { zh: '应为 18 位', en: 'It must have 18 characters' },
  form: {
    zh: '第 3–8 位应为数字，其余为数字或大写字母（不含 I、O、S、V、Z）',
    en: 'Characters 3–8 must be digits, the others digits or capitals without I, O, S, V, Z',
  },
  'subject-check': {
    zh: '第 17 位（主体标识码校验位）不符',
    en: 'Character 17, the check of the subject code, does not fit',
  },
  check: {
    zh: '第 18 位校验码不符',
    en: 'Character 18, the check of the whole code, does not fit',
  },
};

/** Checks a unified social credit code 统一社会信用代码: form and both check characters, with what they should be. */
export function checkUscc(code: string): UsccCheck {
  const ids = faultIds(code);
  return { valid: ids.length === 0, faults: ids.map((id) => ({ id, ...faultText(id, code) })) };
}

function faultText(id: UsccFaultId, code: string): Bilingual {
  const { zh, en } = FAULTS[id];
  if (id === 'length' || id === 'form') return { zh, en };
  const whole = completeUscc(code.slice(0, 16));
  const [given, expected] =
    id === 'check' ? [code.charAt(17), whole.charAt(17)] : [code.charAt(16), whole.charAt(16)];
  return {
    zh: `${zh}：应为 ${expected}，现为 ${given}`,
    en: `${en}: ${expected} expected, not ${given}`,
  };
}

/**
 * Adds both check characters to the first sixteen, for made-up example codes. Throws
 * RuleViolationError where the sixteen have the wrong form.
 */
export function completeUscc(first16: string): string {
  if (!FORM_FIRST_16.test(first16)) {
    const detail = {
      zh: '统一社会信用代码的前 16 位格式不正确。',
      en: 'The first sixteen characters of the code are malformed',
    };
    throw new RuleViolationError(detail, [{ pointer: '', detail: FAULTS.form }]);
  }
  const first17 = first16 + subjectCheck(first16);
  return first17 + wholeCheck(first17);
}

function faultIds(code: string): readonly UsccFaultId[] {
  if (code.length !== 18) return ['length'];
  if (!FORM.test(code)) return ['form'];
  const faults: UsccFaultId[] = [];
  if (code.charAt(16) !== subjectCheck(code)) faults.push('subject-check');
  if (code.charAt(17) !== wholeCheck(code)) faults.push('check');
  return faults;
}

/** GB 11714: 11 − Σ v·w mod 11, where 10 is written X and 11 is written 0; A = 10 … Z = 35. */
function subjectCheck(code: string): string {
  const sum = BODY_WEIGHTS.reduce(
    (total, weight, i) => total + weight * Number.parseInt(code.charAt(8 + i), 36),
    0,
  );
  const check = 11 - (sum % 11);
  if (check === 10) return 'X';
  return check === 11 ? '0' : String(check);
}

/** GB 32100: (31 − Σ v·w mod 31) mod 31, written in the alphabet. */
function wholeCheck(code: string): string {
  const sum = WEIGHTS.reduce((total, w, i) => total + w * ALPHABET.indexOf(code.charAt(i)), 0);
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}
