import type { Bilingual } from './bilingual.ts';

/** Whether a site or point exists and works; 未建, 在建, 在产, 停产, 长期停产, 关闭. */
export type Lifecycle =
  | 'planned'
  | 'building'
  | 'running'
  | 'suspended'
  | 'long_suspended'
  | 'closed';

export const LIFECYCLES: readonly Lifecycle[] = [
  'planned',
  'building',
  'running',
  'suspended',
  'long_suspended',
  'closed',
];

export const lifecycleNames: Readonly<Record<Lifecycle, Bilingual>> = {
  planned: { zh: '未建', en: 'Planned' },
  building: { zh: '在建', en: 'Under construction' },
  running: { zh: '在产', en: 'Running' },
  suspended: { zh: '停产', en: 'Suspended' },
  long_suspended: { zh: '长期停产', en: 'Long suspended' },
  closed: { zh: '关闭', en: 'Closed' },
};

/** Planned and closed ones are not applicable; a suspended site still carries risk and counts. */
export function isLive(lifecycle: Lifecycle): boolean {
  return lifecycle !== 'planned' && lifecycle !== 'closed';
}
