import {
  boilerRoom,
  cranes,
  hotWork,
  sewagePit,
  substation,
  warehouse,
  workAtHeight,
  yardTraffic,
} from './common-points.ts';
import * as by from './owners.ts';
import { point, source } from './template.ts';
import type { Industry } from './template.ts';

const tankFarm = point(
  ['易燃液体罐区', 'Flammable liquid tank farm'],
  by.storage,
  [
    source('substance', '甲醇储罐泄漏', 'Methanol tank leak', 'explosion', 'fire', 'poisoning'),
    source('equipment', '装卸鹤管静电', 'Static at the loading arm', 'fire', 'explosion'),
    source('activity', '罐内清洗作业', 'Tank cleaning', 'poisoning', 'explosion'),
  ],
  { shape: 'area' },
);

const chlorineStore = point(['液氯库', 'Liquid chlorine store'], by.storage, [
  source('substance', '液氯钢瓶泄漏', 'Chlorine cylinder leak', 'poisoning', 'vessel'),
  source('activity', '钢瓶吊装转运', 'Cylinder handling', 'lifting', 'poisoning'),
]);

const reactor = point(['合成反应装置', 'Synthesis unit'], by.production, [
  source('equipment', '反应釜超温超压', 'Runaway reactor', 'vessel', 'explosion', 'burn'),
  source('substance', '苯胺等有毒物料', 'Toxic process materials', 'poisoning'),
  source('activity', '投料与取样作业', 'Charging and sampling', 'burn', 'poisoning'),
]);

const dangerousGoodsStore = point(
  ['危险化学品库', 'Dangerous goods store'],
  by.storage,
  [
    source('substance', '氧化剂与还原剂混存', 'Oxidisers stored with fuels', 'explosion', 'fire'),
    source('substance', '腐蚀品包装破损', 'Broken corrosive packages', 'burn'),
  ],
  { kind: 'place' },
);

const furnace = point(['熔炼炉区', 'Melting furnaces'], by.production, [
  source('substance', '高温熔融金属喷溅', 'Molten metal splash', 'burn', 'explosion'),
  source('equipment', '炉体冷却水泄漏', 'Furnace cooling water leak', 'explosion'),
  source('equipment', '铸造起重机吊运钢包', 'Ladle carried by crane', 'lifting', 'burn'),
]);

const gasHolder = point(
  ['煤气柜及管网', 'Gas holder and mains'],
  by.utilities,
  [
    source('substance', '高炉煤气泄漏', 'Blast furnace gas leak', 'poisoning', 'explosion'),
    source('activity', '煤气水封检修', 'Work on gas water seals', 'poisoning'),
  ],
  { fields: ['confined-space', 'gas'], shape: 'area' },
);

const wellSite = point(['采油井场', 'Oil well site'], by.production, [
  source('equipment', '井口压力失控', 'Loss of wellhead control', 'explosion', 'fire'),
  source('substance', '伴生气泄漏', 'Associated gas leak', 'fire', 'poisoning'),
  source('equipment', '抽油机运转部位', 'Moving parts of pump jack', 'machine'),
]);

const gatheringStation = point(
  ['集输联合站', 'Gathering station'],
  by.production,
  [
    source('equipment', '原油储罐', 'Crude oil tank', 'fire', 'explosion'),
    source('equipment', '加热炉熄火回火', 'Heater flame failure', 'explosion', 'burn'),
  ],
  { shape: 'area' },
);

const fermentation = point(
  ['发酵提取车间', 'Fermentation and extraction'],
  by.production,
  [
    source('substance', '乙醇回收系统', 'Ethanol recovery', 'explosion', 'fire'),
    source('activity', '进入发酵罐检修', 'Entry into fermenters', 'poisoning'),
  ],
  { fields: ['confined-space'] },
);

const support = [boilerRoom, substation, sewagePit, hotWork, workAtHeight, yardTraffic];

export const fineChemicals: Industry = {
  zh: '精细化工厂',
  en: 'Fine Chemicals Plant',
  fields: ['hazardous-chemicals'],
  gbt4754: '2614',
  habit: 'lec',
  points: [reactor, tankFarm, chlorineStore, dangerousGoodsStore, ...support],
};

export const oilField: Industry = {
  zh: '采油作业区',
  en: 'Oil Production Area',
  fields: ['hazardous-chemicals'],
  gbt4754: '0710',
  habit: 'lec',
  isRemote: true,
  points: [gatheringStation, wellSite, substation, hotWork, workAtHeight, yardTraffic],
};

export const smelter: Industry = {
  zh: '金属冶炼厂',
  en: 'Metal Smelting Works',
  fields: ['smelting', 'industry-and-trade'],
  gbt4754: '3110',
  habit: 'lec',
  points: [furnace, gasHolder, cranes, warehouse, ...support],
};

export const pharmaceuticals: Industry = {
  zh: '制药厂',
  en: 'Pharmaceutical Plant',
  fields: ['hazardous-chemicals', 'industry-and-trade'],
  gbt4754: '2710',
  habit: 'ls',
  points: [fermentation, dangerousGoodsStore, warehouse, ...support],
};
