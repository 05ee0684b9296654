import type { Bilingual } from '#server/domain/bilingual.ts';

/** Kinds of accident of GB 6441-1986, in its order. */
export const ACCIDENT_TYPES: readonly Bilingual[] = [
  { zh: '物体打击', en: 'Struck by object' },
  { zh: '车辆伤害', en: 'Vehicle injury' },
  { zh: '机械伤害', en: 'Machinery injury' },
  { zh: '起重伤害', en: 'Lifting injury' },
  { zh: '触电', en: 'Electric shock' },
  { zh: '淹溺', en: 'Drowning' },
  { zh: '灼烫', en: 'Burns and scalds' },
  { zh: '火灾', en: 'Fire' },
  { zh: '高处坠落', en: 'Fall from height' },
  { zh: '坍塌', en: 'Collapse' },
  { zh: '冒顶片帮', en: 'Roof fall and rib spalling' },
  { zh: '透水', en: 'Water inrush' },
  { zh: '放炮', en: 'Blasting' },
  { zh: '火药爆炸', en: 'Explosives explosion' },
  { zh: '瓦斯爆炸', en: 'Mine gas explosion' },
  { zh: '锅炉爆炸', en: 'Boiler explosion' },
  { zh: '容器爆炸', en: 'Vessel explosion' },
  { zh: '其他爆炸', en: 'Other explosion' },
  { zh: '中毒和窒息', en: 'Poisoning and suffocation' },
  { zh: '其他伤害', en: 'Other injury' },
];
