import type { Bilingual } from '../bilingual.ts';
import { isGuessable } from './guessable.ts';

const LEAST_DIFFERENT = 6;

/**
 * What is wrong with a new password, beside its length, which the contract asks for: length is what makes a password
 * hard to guess, and no kinds of signs are asked for (NIST SP 800-63B §5.1.1.2).
 */
export function passwordFault(password: string, accountName: string): Bilingual | null {
  if (new Set(password.toLowerCase()).size < LEAST_DIFFERENT) {
    return {
      zh: `密码至少应有 ${LEAST_DIFFERENT} 个不同的字符。`,
      en: `A password needs at least ${LEAST_DIFFERENT} different characters.`,
    };
  }
  if (password.toLowerCase().includes(accountName.toLowerCase())) {
    return {
      zh: '密码不能包含账号名。',
      en: 'A password must not contain the name of the account.',
    };
  }
  if (isRun(password)) {
    return {
      zh: '密码不能是连续的数字或字母。',
      en: 'A password must not be a run of digits or letters.',
    };
  }
  if (isGuessable(password)) {
    return {
      zh: '这样的密码最先被猜到：它只由常见的词、连续的键、日期或数字组成。请加入只有您知道的内容。',
      en: 'Such a password is guessed first: it is made of common words, runs of keys, dates or figures only. Add something of your own.',
    };
  }
  return null;
}

/** 1234567890, abcdefghij, and the like: each sign follows the one before, up or down. */
function isRun(password: string): boolean {
  const codes = Array.from(password.toLowerCase(), (sign) => sign.codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((code, index) => code - (codes[index] ?? 0));
  return (
    steps.filter((step) => step === 1).length >= steps.length - 1 ||
    steps.filter((step) => step === -1).length >= steps.length - 1
  );
}
