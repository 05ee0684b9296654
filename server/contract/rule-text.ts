import type { Bilingual } from '../domain/bilingual.ts';

/**
 * The message of a rule of our own, in both languages: a schema can carry one string only. It says what is expected,
 * without a full stop; what was given is added by whoever answers.
 */
export function ruleText(zh: string, en: string): string {
  return `${en}\n${zh}`;
}

/** Null for a message that `ruleText` did not make. */
export function readRuleText(message: string): Bilingual | null {
  const [en, zh] = message.split('\n');
  return en === undefined || zh === undefined ? null : { zh, en };
}
