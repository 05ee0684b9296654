import { auditActionName, auditKindName } from '#server/domain/audit-words.ts';
import type { Bilingual } from '#server/domain/bilingual.ts';
import { calendarDay } from '#server/domain/calendar-day.ts';
import type { Cell } from '#server/files/cell.ts';
import { writeCsv } from '#server/files/write-csv.ts';
import type { Download } from '#server/http/download.ts';
import type { AuditPages, AuditView } from './audit.service.ts';
import type { AuditFilter } from './audit.store.ts';

type Options = {
  readonly filter: AuditFilter;
  readonly language: 'zh' | 'en';
  /** Epoch milliseconds. */
  readonly now: number;
  /** IANA name. */
  readonly timeZone: string;
};

/** What cells are made with. */
type Words = { readonly language: 'zh' | 'en'; readonly clock: (instant: number) => string };

type Column = {
  readonly header: Bilingual;
  readonly cell: (event: AuditView, words: Words) => Cell;
};

const COLUMNS: readonly Column[] = [
  { header: { zh: '序号', en: 'Place in the chain' }, cell: ({ seq }) => seq },
  {
    header: { zh: '时间', en: 'Time' },
    cell: ({ at }, { clock }) => clock(at.getTime()),
  },
  { header: { zh: '账号', en: 'Account' }, cell: ({ accountName }) => accountName },
  { header: { zh: '账号编号', en: 'Account id' }, cell: ({ accountId }) => accountId },
  { header: { zh: '密钥编号', en: 'Key id' }, cell: ({ keyId }) => keyId },
  { header: { zh: '来源地址', en: 'From' }, cell: ({ address }) => address },
  { header: { zh: '请求编号', en: 'Request id' }, cell: ({ requestId }) => requestId },
  {
    header: { zh: '操作', en: 'Action' },
    cell: ({ action }, { language }) => auditActionName(action)[language],
  },
  {
    header: { zh: '对象', en: 'Done to' },
    cell: ({ subjectKind }, { language }) =>
      subjectKind === null ? null : auditKindName(subjectKind)[language],
  },
  { header: { zh: '对象编号', en: 'Id' }, cell: ({ subjectId }) => subjectId },
  { header: { zh: '改动前', en: 'Before' }, cell: ({ before }) => jsonText(before) },
  { header: { zh: '改动后', en: 'After' }, cell: ({ after }) => jsonText(after) },
  { header: { zh: '哈希', en: 'Hash' }, cell: ({ hash }) => hash },
];

const NAME = { zh: '审计记录', en: 'Audit' } as const;

/** Events as a CSV, its bytes made as they are taken; a title, what they were chosen by and as of when come first. */
export function auditFile(pages: AuditPages, options: Options): Download {
  const { language, now, timeZone } = options;
  const name = language === 'zh' ? NAME.zh : 'audit';
  return {
    mediaType: 'text/csv; charset=utf-8',
    fileName: `${name}_${calendarDay(now, timeZone)}.csv`,
    body: writeCsv(rowsOf(pages, options)),
  };
}

async function* rowsOf(pages: AuditPages, options: Options): AsyncGenerator<readonly Cell[]> {
  const words = { language: options.language, clock: clockOf(options.timeZone) };
  yield* titlesOf(options, words).map((title) => [title]);
  yield COLUMNS.map(({ header }) => header[options.language]);
  for await (const page of pages) {
    for (const event of page) yield COLUMNS.map(({ cell }) => cell(event, words));
  }
}

function titlesOf({ filter, now, timeZone }: Options, words: Words): readonly string[] {
  const time = words.clock(now);
  const chosen = filterText(filter, words);
  if (words.language === 'zh') {
    return [NAME.zh, `筛选条件：${chosen}`, `数据时间：${time}（${timeZone}）`];
  }
  return [NAME.en, `Filter: ${chosen}`, `Data time: ${time} (${timeZone})`];
}

function filterText(
  { account, action, subject, from, to }: AuditFilter,
  { language, clock }: Words,
): string {
  const isChinese = language === 'zh';
  const instant = (text: string) => clock(Date.parse(text));
  const chosen = [
    account && (isChinese ? `账号编号：${account}` : `account id: ${account}`),
    action && `${isChinese ? '操作：' : 'action: '}${auditActionName(action)[language]}`,
    subject && (isChinese ? `对象编号：${subject}` : `id of what it was done to: ${subject}`),
    from && (isChinese ? `不早于：${instant(from)}` : `not before: ${instant(from)}`),
    to && (isChinese ? `早于：${instant(to)}` : `before: ${instant(to)}`),
  ].filter((part) => part !== undefined && part !== '');
  if (chosen.length === 0) return isChinese ? '全部' : 'everything';
  return chosen.join(isChinese ? '；' : '; ');
}

function jsonText(values: AuditView['before']): string | null {
  return values === null ? null : JSON.stringify(values);
}

/** `2026-11-22 14:05:09` as the clocks of the zone show it. */
function clockOf(timeZone: string): Words['clock'] {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  return (instant) => {
    const at = Object.fromEntries(
      parts.formatToParts(instant).map(({ type, value }) => [type, value]),
    );
    return `${at['year']}-${at['month']}-${at['day']} ${at['hour']}:${at['minute']}:${at['second']}`;
  };
}
