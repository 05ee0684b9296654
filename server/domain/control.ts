import type { Bilingual } from './bilingual.ts';
import type { Level } from './level.ts';

/** Tier of an enterprise that answers for a risk, highest first (管控层级). */
export type ControlLevel = 'company' | 'workshop' | 'team' | 'post';
export const CONTROL_LEVELS: readonly ControlLevel[] = ['company', 'workshop', 'team', 'post'];

export const controlLevelNames: Readonly<Record<ControlLevel, Bilingual>> = {
  company: { zh: '公司', en: 'Company' },
  workshop: { zh: '车间', en: 'Workshop' },
  team: { zh: '班组', en: 'Team' },
  post: { zh: '岗位', en: 'Post' },
};

/** Default tier by level: the worse the risk, the higher the tier that answers for it. */
export const defaultControlLevel: Readonly<Record<Level, ControlLevel>> = {
  1: 'company',
  2: 'workshop',
  3: 'team',
  4: 'post',
};

/** Kinds of control measure (管控措施), strongest first. */
export type MeasureKind = 'engineering' | 'management' | 'training' | 'ppe' | 'emergency';
export const MEASURE_KINDS: readonly MeasureKind[] = [
  'engineering',
  'management',
  'training',
  'ppe',
  'emergency',
];

export const measureKindNames: Readonly<Record<MeasureKind, Bilingual>> = {
  engineering: { zh: '工程技术措施', en: 'Engineering' },
  management: { zh: '管理措施', en: 'Management' },
  training: { zh: '培训教育措施', en: 'Training' },
  ppe: { zh: '个体防护措施', en: 'Personal protection' },
  emergency: { zh: '应急处置措施', en: 'Emergency response' },
};

/** The listed fault of a major risk that is held only by a team or a post; null when there is none. */
export function controlFault(level: Level | null, controlLevel: ControlLevel): Bilingual | null {
  if (level !== 1 || (controlLevel !== 'team' && controlLevel !== 'post')) return null;
  const held = controlLevelNames[controlLevel];
  return {
    zh: `重大风险应由公司级管控，现为${held.zh}级`,
    en: `A major risk must be controlled by the company; it is held by the ${held.en.toLowerCase()}`,
  };
}
