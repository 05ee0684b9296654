import type { Bilingual } from '#server/domain/bilingual.ts';

/** Header of the column with the reasons in a file of faulty rows. */
export const REASONS: Bilingual = { zh: '问题说明', en: 'Problems' };

export const isReasons = (header: string): boolean =>
  header === REASONS.zh || header === REASONS.en;
