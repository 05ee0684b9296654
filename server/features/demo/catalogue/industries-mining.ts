import {
  cranes,
  dormitory,
  hotWork,
  substation,
  workAtHeight,
  yardTraffic,
} from './common-points.ts';
import * as by from './owners.ts';
import { point, source } from './template.ts';
import type { Industry } from './template.ts';

const coalFace = point(['综采工作面', 'Longwall face'], by.mining, [
  source('condition', '顶板来压', 'Roof pressure', 'roof', 'collapse'),
  source('substance', '瓦斯积聚', 'Build-up of methane', 'gas', 'poisoning'),
  source('equipment', '采煤机割煤', 'Shearer in operation', 'machine'),
]);

const heading = point(['掘进工作面', 'Heading face'], by.mining, [
  source('condition', '老空区积水', 'Water in old workings', 'inrush'),
  source('activity', '爆破作业', 'Blasting', 'blasting', 'poisoning'),
  source('condition', '临时支护不及时', 'Late temporary support', 'roof'),
]);

const shaft = point(
  ['主副井提升系统', 'Shaft hoisting'],
  by.equipment,
  [
    source('equipment', '提升钢丝绳断裂', 'Hoist rope failure', 'fall', 'lifting'),
    source('equipment', '过卷保护失效', 'Overwind protection failure', 'machine'),
  ],
  { fields: ['special-equipment'] },
);

const fan = point(['主通风机房', 'Main fan house'], by.ventilation, [
  source('equipment', '主通风机停运', 'Main fan failure', 'gas', 'poisoning'),
]);

const belt = point(['带式输送机巷', 'Belt conveyor road'], by.mining, [
  source('equipment', '输送带打滑起火', 'Belt slip fire', 'fire', 'poisoning'),
  source('equipment', '转动部位无防护', 'Unguarded rotating parts', 'machine'),
]);

const explosives = point(
  ['民爆物品库', 'Explosives store'],
  by.safety,
  [source('substance', '炸药雷管储存', 'Stored explosives and detonators', 'powder')],
  { kind: 'place' },
);

const openPit = point(
  ['露天采场', 'Open pit'],
  by.mining,
  [
    source('condition', '边坡失稳', 'Slope failure', 'collapse', 'struck'),
    source('activity', '台阶爆破飞石', 'Flyrock from bench blasting', 'blasting', 'struck'),
    source('equipment', '矿用卡车运输', 'Haul trucks', 'vehicle'),
  ],
  { shape: 'area' },
);

const tailings = point(
  ['尾矿库', 'Tailings pond'],
  by.safety,
  [
    source('condition', '坝体浸润线过高', 'High seepage line in the dam', 'collapse', 'drowning'),
    source('condition', '排洪设施堵塞', 'Blocked flood outlets', 'collapse'),
  ],
  { shape: 'area' },
);

const crusher = point(['破碎筛分车间', 'Crushing and screening'], by.production, [
  source('equipment', '破碎机卡料处理', 'Clearing a jammed crusher', 'machine', 'struck'),
  source('condition', '粉尘与噪声', 'Dust and noise', 'other'),
]);

export const coalMine: Industry = {
  zh: '煤矿',
  en: 'Coal Mine',
  fields: ['coal-mine'],
  gbt4754: '0610',
  habit: 'ls-coal',
  isRemote: true,
  points: [coalFace, heading, shaft, fan, belt, explosives, substation, dormitory, hotWork],
};

export const ironMine: Industry = {
  zh: '铁矿',
  en: 'Iron Ore Mine',
  fields: ['non-coal-mine'],
  gbt4754: '0810',
  habit: 'lec',
  isRemote: true,
  points: [openPit, tailings, crusher, explosives, substation, workAtHeight, yardTraffic],
};

export const quarry: Industry = {
  zh: '采石场',
  en: 'Quarry',
  fields: ['non-coal-mine'],
  gbt4754: '1019',
  habit: 'lec',
  isRemote: true,
  points: [openPit, crusher, explosives, cranes, hotWork, yardTraffic],
};
