import type { Bilingual } from './bilingual.ts';
import { controlFault } from './control.ts';
import type { ControlLevel } from './control.ts';
import { levelStyle } from './level.ts';
import type { Level } from './level.ts';

/** What is wrong or missing in a register, the gravest first. The row is kept: somebody has to put it right. */
export const REGISTER_FAULT_KINDS = [
  'major-held-low',
  'no-responsible',
  'no-measures',
  'no-control-level',
  'no-principal',
  'points-of-closed-enterprise',
  'outside-regions',
  'region-disagrees',
  'uscc-missing',
  'uscc-unverified',
] as const;

export type RegisterFaultKind = (typeof REGISTER_FAULT_KINDS)[number];

export const registerFaultNames: Readonly<Record<RegisterFaultKind, Bilingual>> = {
  'major-held-low': { zh: '重大风险管控层级过低', en: 'Major risk held too low' },
  'no-responsible': { zh: '缺责任部门或岗位', en: 'No responsible department or post' },
  'no-measures': { zh: '缺管控措施', en: 'No control measures' },
  'no-control-level': { zh: '缺管控层级', en: 'No control level' },
  'no-principal': { zh: '企业缺主要负责人', en: 'Enterprise without a principal' },
  'points-of-closed-enterprise': {
    zh: '未建或关闭企业的在用风险点',
    en: 'Live risk point of a planned or closed enterprise',
  },
  'outside-regions': { zh: '位置不在任何地市', en: 'Outside every city' },
  'region-disagrees': { zh: '填报区域与位置不符', en: 'Stated region disagrees with the place' },
  'uscc-missing': { zh: '缺统一社会信用代码', en: 'No unified social credit code' },
  'uscc-unverified': { zh: '信用代码未通过校验', en: 'Credit code kept although its check fails' },
};

/** What the text of a fault is made of. */
export type RegisterFaultFacts = {
  readonly level: Level | null;
  readonly controlLevel: ControlLevel | null;
  readonly uscc: string | null;
  readonly usccReason: string | null;
  readonly statedRegionCode: string | null;
};

type Sentence = (facts: RegisterFaultFacts & { readonly name: Bilingual }) => Bilingual;

const SENTENCES: Readonly<Record<RegisterFaultKind, Sentence>> = {
  'major-held-low': ({ level, controlLevel, name }) =>
    (controlLevel && controlFault(level, controlLevel)) ?? name,
  'no-responsible': ({ name }) => ({
    zh: `${name.zh}须明确责任部门和责任岗位`,
    en: `${name.en}: name the responsible department and post`,
  }),
  'no-measures': ({ name }) => ({
    zh: `${name.zh}没有管控措施`,
    en: `${name.en}: there is no control measure`,
  }),
  'no-control-level': ({ name }) => ({
    zh: `已评估（${name.zh}），未明确管控层级`,
    en: `Assessed (${name.en.toLowerCase()}), but nobody controls it: set the control level`,
  }),
  'no-principal': () => ({
    zh: '企业没有主要负责人的岗位或姓名',
    en: 'Neither the post nor the name of the principal is known',
  }),
  'points-of-closed-enterprise': () => ({
    zh: '企业未建或已关闭，风险点仍为在用状态：请核实',
    en: 'The enterprise is planned or closed, the risk point is not: check which is right',
  }),
  'outside-regions': () => ({
    zh: '位置不在任何已知地市内：请核对坐标',
    en: 'The place lies in no known city: check the coordinates',
  }),
  'region-disagrees': ({ statedRegionCode }) => ({
    zh: `填报区域 ${statedRegionCode ?? '—'} 与坐标所在区域不符`,
    en: `The stated region ${statedRegionCode ?? '—'} is not the one that holds the place`,
  }),
  'uscc-missing': () => ({
    zh: '没有统一社会信用代码',
    en: 'The unified social credit code is missing',
  }),
  'uscc-unverified': ({ uscc, usccReason }) => ({
    zh: `${uscc ?? '—'} 未通过校验，保留原因：${usccReason ?? '—'}`,
    en: `${uscc ?? '—'} fails its check; kept because: ${usccReason ?? '—'}`,
  }),
};

/** The fault in one sentence, with what to do. */
export function registerFaultText(kind: RegisterFaultKind, facts: RegisterFaultFacts): Bilingual {
  const name = facts.level === null ? registerFaultNames[kind] : levelStyle[facts.level];
  return SENTENCES[kind]({ ...facts, name: { zh: name.zh, en: name.en } });
}
