import type { Bilingual } from '#server/domain/bilingual.ts';
import { ConflictError } from '#server/domain/errors.ts';
import type { ImportState } from './imports.store.ts';

const STATES: Readonly<Record<ImportState, Bilingual>> = {
  reading: { zh: '正在读取', en: 'being read' },
  ready: { zh: '待提交', en: 'ready' },
  rejected: { zh: '待决定', en: 'waiting for a decision' },
  committing: { zh: '正在写入', en: 'being written' },
  committed: { zh: '已写入', en: 'written' },
  failed: { zh: '已失败', en: 'failed' },
  cancelled: { zh: '已取消', en: 'cancelled' },
};

const WORKED_ON: Bilingual = { zh: '正在处理中', en: 'being worked on' };

/** The import is in another state than the request needs; `busy`: a job of this process has it. */
export function wrongState(
  state: ImportState | 'busy',
  wanted: readonly ImportState[],
): ConflictError {
  const is = state === 'busy' ? WORKED_ON : STATES[state];
  const must = wanted.map((one) => STATES[one]);
  return new ConflictError({
    zh: `这次导入${is.zh}；须为${must.map(({ zh }) => zh).join('或')}才能这样做。`,
    en: `The import is ${is.en}; it must be ${must.map(({ en }) => en).join(' or ')}.`,
  });
}
