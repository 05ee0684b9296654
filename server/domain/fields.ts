import type { Bilingual } from './bilingual.ts';

/** A supervised field 监管行业领域; `code` is stable and used in URLs. */
export type SupervisedField = Bilingual & { readonly code: string };

/** The supervised fields the product starts with; a bureau may add its own in the database. */
export const FIELDS: readonly SupervisedField[] = [
  { code: 'coal-mine', zh: '煤矿', en: 'Coal mine' },
  { code: 'non-coal-mine', zh: '非煤矿山', en: 'Metal and non-metal mine' },
  { code: 'hazardous-chemicals', zh: '危化', en: 'Hazardous chemicals' },
  { code: 'fireworks', zh: '烟花爆竹', en: 'Fireworks' },
  { code: 'industry-and-trade', zh: '工贸', en: 'Industry and trade' },
  { code: 'explosive-dust', zh: '粉尘涉爆', en: 'Explosive dust' },
  { code: 'ammonia-refrigeration', zh: '涉氨制冷', en: 'Ammonia refrigeration' },
  { code: 'smelting', zh: '金属冶炼', en: 'Smelting' },
  { code: 'confined-space', zh: '有限空间', en: 'Confined space' },
  { code: 'construction', zh: '建筑施工', en: 'Construction' },
  {
    code: 'passenger-and-dangerous-goods',
    zh: '两客一危',
    en: 'Passenger and dangerous-goods transport',
  },
  { code: 'road-black-spot', zh: '危险路段', en: 'Road black spot' },
  { code: 'fire-and-crowds', zh: '消防/人员密集', en: 'Fire and crowd places' },
  { code: 'gas', zh: '燃气', en: 'Gas' },
  { code: 'special-equipment', zh: '特种设备', en: 'Special equipment' },
  { code: 'municipal', zh: '市政', en: 'Municipal' },
  { code: 'schools', zh: '学校', en: 'Schools' },
  { code: 'elderly-and-welfare', zh: '养老/福利', en: 'Elderly and welfare' },
  { code: 'tourism', zh: '文旅', en: 'Tourism' },
  { code: 'fishing-vessels', zh: '渔船', en: 'Fishing vessels' },
  { code: 'water-and-geology', zh: '水利/地灾', en: 'Water and geology' },
  { code: 'occupational-health', zh: '职业卫生', en: 'Occupational health' },
];
