import { z } from 'zod';
import { readRuleText } from '../contract/rule-text.ts';
import type { Bilingual } from '../domain/bilingual.ts';
import { givenText } from './given-text.ts';

type Issue = z.core.$ZodIssue;
type SizeIssue = Extract<Issue, { code: 'too_small' | 'too_big' }>;

/** What is wrong with a value and what is expected, of an issue that was parsed with `reportInput`. */
export function issueText(issue: Issue): Bilingual {
  if (issue.code === 'invalid_key') return keyText(issue);
  if (isMissing(issue)) return missingText(issue);
  if (isSize(issue) && readRuleText(issue.message) === null) return sizeText(issue);
  const { zh, en } = expectedText(issue);
  const given = givenText(issue.input);
  return given === null
    ? { zh: `${zh}。`, en }
    : { zh: `${zh}，现为${given.zh}。`, en: `${en}; given: ${given.en}` };
}

function isMissing(issue: Issue): boolean {
  const mayMiss = issue.code === 'invalid_type' || issue.code === 'invalid_value';
  return mayMiss && 'input' in issue && issue.input === undefined;
}

function missingText(issue: Issue): Bilingual {
  const { zh, en } = expectedText(issue);
  return { zh: `缺少此项；${zh}。`, en: `Is missing; ${en.charAt(0).toLowerCase()}${en.slice(1)}` };
}

function expectedText(issue: Issue): Bilingual {
  const own = readRuleText(issue.message);
  if (own !== null) return own;
  if (issue.code === 'invalid_type') {
    const type = TYPES[issue.expected];
    if (type !== undefined) return mustBe(type);
  }
  if (issue.code === 'invalid_value') return mustBe(choice(issue.values));
  if (issue.code === 'invalid_format') return mustBe(FORMATS[issue.format] ?? RIGHT_FORM);
  if (issue.code === 'custom') return { zh: '不符合要求', en: issue.message };
  return otherText(issue);
}

const mustBe = ({ zh, en }: Bilingual): Bilingual => ({ zh: `应为${zh}`, en: `Must be ${en}` });

const TYPES: Readonly<Record<string, Bilingual>> = {
  string: { zh: '文本', en: 'text' },
  number: { zh: '数字', en: 'a number' },
  int: { zh: '整数', en: 'a whole number' },
  boolean: { zh: ' true 或 false', en: 'true or false' },
  array: { zh: '列表', en: 'a list' },
  tuple: { zh: '列表', en: 'a list' },
  object: { zh: '对象', en: 'an object' },
  record: { zh: '对象', en: 'an object' },
  null: { zh: ' null', en: 'null' },
};

const FORMATS: Readonly<Record<string, Bilingual>> = {
  uuid: {
    zh: ' UUID，如 01900000-0000-7000-8000-000000000000',
    en: 'a UUID such as 01900000-0000-7000-8000-000000000000',
  },
  datetime: {
    zh: ' RFC 3339 时间，如 2026-01-31T08:00:00+08:00',
    en: 'an RFC 3339 time such as 2026-01-31T08:00:00+08:00',
  },
  date: { zh: '日期，如 2026-01-31', en: 'a date such as 2026-01-31' },
};
const RIGHT_FORM: Bilingual = { zh: '规定的格式', en: 'of the form that is described' };

function choice(values: readonly unknown[]): Bilingual {
  const [first, ...more] = values.map(String);
  if (more.length === 0) return { zh: ` ${first}`, en: String(first) };
  const all = [first, ...more];
  return { zh: ` ${all.join('、')} 之一`, en: `one of ${all.join(', ')}` };
}

const isSize = (issue: Issue): issue is SizeIssue =>
  issue.code === 'too_small' || issue.code === 'too_big';

function sizeText(issue: SizeIssue): Bilingual {
  const { input } = issue;
  const isSmall = issue.code === 'too_small';
  const bound = isSmall ? issue.minimum : issue.maximum;
  if (typeof input !== 'string' && !Array.isArray(input)) return numberText(issue, bound);
  const count = input.length;
  if (isSmall && count === 0 && Number(bound) === 1) {
    return { zh: '不能为空。', en: 'Must not be empty' };
  }
  const unit: Bilingual =
    typeof input === 'string' ? { zh: '个字符', en: 'characters' } : { zh: '项', en: 'items' };
  const [zh, en] = issue.exact === true ? EXACTLY : isSmall ? AT_LEAST : AT_MOST;
  return {
    zh: `${zh} ${bound} ${unit.zh}，现有 ${count} ${unit.zh}。`,
    en: `Must have ${en} ${bound} ${unit.en}; given: ${count}`,
  };
}

const EXACTLY = ['应恰有', 'exactly'] as const;
const AT_LEAST = ['至少', 'at least'] as const;
const AT_MOST = ['最多', 'at most'] as const;

function numberText(issue: SizeIssue, bound: number | bigint): Bilingual {
  const isSmall = issue.code === 'too_small';
  const [zh, en] =
    issue.inclusive === false
      ? isSmall
        ? ['应大于', 'more than']
        : ['应小于', 'less than']
      : isSmall
        ? ['不能小于', 'at least']
        : ['不能大于', 'at most'];
  const given = givenText(issue.input) ?? { zh: '空', en: 'nothing' };
  return {
    zh: `${zh} ${bound}，现为${given.zh}。`,
    en: `Must be ${en} ${bound}; given: ${given.en}`,
  };
}

function keyText({ issues }: Extract<Issue, { code: 'invalid_key' }>): Bilingual {
  const [first] = issues;
  const { zh, en } = first === undefined ? mustBe(RIGHT_FORM) : issueText(first);
  return { zh: `名称有误：${zh}`, en: `A name is at fault: ${en}` };
}

const LOCALES = { zh: z.locales.zhCN(), en: z.locales.en() } as const;

/** What is rare here, in the words of the schema library. */
function otherText(issue: Issue): Bilingual {
  const said = (locale: keyof typeof LOCALES): string => {
    const text = LOCALES[locale].localeError(issue as z.core.$ZodRawIssue);
    return typeof text === 'string' ? text : (text?.message ?? issue.message);
  };
  return { zh: said('zh'), en: said('en') };
}
