import type { AccidentType } from '../demo-rows.ts';

/** Kinds of accident of GB 6441-1986, numbered as there. */
const TYPES = {
  struck: { code: '01', zh: '物体打击', en: 'Struck by object' },
  vehicle: { code: '02', zh: '车辆伤害', en: 'Vehicle injury' },
  machine: { code: '03', zh: '机械伤害', en: 'Machinery injury' },
  lifting: { code: '04', zh: '起重伤害', en: 'Lifting injury' },
  shock: { code: '05', zh: '触电', en: 'Electric shock' },
  drowning: { code: '06', zh: '淹溺', en: 'Drowning' },
  burn: { code: '07', zh: '灼烫', en: 'Burns and scalds' },
  fire: { code: '08', zh: '火灾', en: 'Fire' },
  fall: { code: '09', zh: '高处坠落', en: 'Fall from height' },
  collapse: { code: '10', zh: '坍塌', en: 'Collapse' },
  roof: { code: '11', zh: '冒顶片帮', en: 'Roof fall and rib spalling' },
  inrush: { code: '12', zh: '透水', en: 'Water inrush' },
  blasting: { code: '13', zh: '放炮', en: 'Blasting' },
  powder: { code: '14', zh: '火药爆炸', en: 'Explosives explosion' },
  gas: { code: '15', zh: '瓦斯爆炸', en: 'Mine gas explosion' },
  boiler: { code: '16', zh: '锅炉爆炸', en: 'Boiler explosion' },
  vessel: { code: '17', zh: '容器爆炸', en: 'Vessel explosion' },
  explosion: { code: '18', zh: '其他爆炸', en: 'Other explosion' },
  poisoning: { code: '19', zh: '中毒和窒息', en: 'Poisoning and suffocation' },
  other: { code: '20', zh: '其他伤害', en: 'Other injury' },
} as const satisfies Readonly<Record<string, AccidentType>>;

export type AccidentCode = keyof typeof TYPES;

export const accidentTypes: Readonly<Record<AccidentCode, AccidentType>> = TYPES;
