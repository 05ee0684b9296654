import {
  boilerRoom,
  canteen,
  dormitory,
  hotWork,
  substation,
  workAtHeight,
} from './common-points.ts';
import * as by from './owners.ts';
import { point, source } from './template.ts';
import type { Industry } from './template.ts';

const forecourt = point(
  ['加油作业区', 'Filling forecourt'],
  by.guests,
  [
    source('activity', '卸油作业静电', 'Static while unloading fuel', 'fire', 'explosion'),
    source('substance', '油气积聚', 'Build-up of fuel vapour', 'explosion', 'fire'),
    source('activity', '车辆进出站', 'Vehicles entering and leaving', 'vehicle'),
  ],
  { shape: 'area' },
);

const fuelTanks = point(['埋地油罐区', 'Underground fuel tanks'], by.storage, [
  source('equipment', '油罐渗漏', 'Tank seepage', 'fire', 'explosion'),
  source('activity', '清罐作业', 'Tank cleaning', 'poisoning', 'explosion'),
]);

const gasStorage = point(
  ['液化石油气储罐区', 'LPG storage'],
  by.storage,
  [
    source('substance', '液化石油气泄漏', 'LPG leak', 'explosion', 'fire'),
    source('activity', '槽车装卸', 'Road tanker transfer', 'fire', 'vessel'),
  ],
  { shape: 'area', fields: ['gas', 'special-equipment'] },
);

const bottling = point(['灌瓶间', 'Cylinder filling room'], by.production, [
  source('activity', '气瓶超量充装', 'Overfilled cylinders', 'vessel', 'explosion'),
  source('condition', '可燃气体报警失效', 'Gas alarm out of order', 'explosion'),
]);

const salesFloor = point(
  ['营业大厅', 'Sales floor'],
  by.guests,
  [
    source('condition', '人员密集与疏散不畅', 'Crowds and poor escape routes', 'other', 'fire'),
    source('equipment', '电气线路老化', 'Ageing wiring', 'fire', 'shock'),
    source('equipment', '自动扶梯', 'Escalators', 'machine', 'fall'),
  ],
  { kind: 'place', fields: ['fire-and-crowds', 'special-equipment'] },
);

const kitchen = point(
  ['餐饮后厨', 'Restaurant kitchen'],
  by.catering,
  [
    source('equipment', '管道燃气设施', 'Piped gas fittings', 'explosion', 'fire'),
    source('condition', '油烟管道积油', 'Grease in extraction ducts', 'fire'),
  ],
  { kind: 'place', fields: ['gas'] },
);

const skiLift = point(
  ['滑雪索道', 'Ski lift'],
  by.equipment,
  [
    source('equipment', '索道停运滞留', 'Stopped lift with riders', 'fall', 'other'),
    source('equipment', '抱索器失效', 'Grip failure', 'fall'),
  ],
  { shape: 'line', fields: ['special-equipment'] },
);

const piste = point(
  ['雪道与戏雪区', 'Pistes'],
  by.guests,
  [
    source('activity', '雪道碰撞', 'Collisions on the piste', 'other', 'struck'),
    source('condition', '防护网缺失', 'Missing safety nets', 'other', 'fall'),
  ],
  { kind: 'place', shape: 'area' },
);

const garage = point(
  ['车辆停放与充电区', 'Parking and charging'],
  by.fleet,
  [
    source('equipment', '电动车辆充电', 'Charging of electric vehicles', 'fire', 'shock'),
    source('activity', '倒车调头', 'Reversing', 'vehicle'),
  ],
  { kind: 'place' },
);

const transport = point(
  ['运输作业', 'Road transport'],
  by.fleet,
  [
    source('activity', '疲劳及超速驾驶', 'Fatigue and speeding', 'vehicle'),
    source('substance', '危险货物途中泄漏', 'Spill of dangerous goods', 'explosion', 'poisoning'),
  ],
  { kind: 'activity' },
);

const excavation = point(['深基坑', 'Deep excavation'], by.project, [
  source('condition', '基坑支护变形', 'Deformed shoring', 'collapse'),
  source('activity', '临边作业', 'Work at unprotected edges', 'fall'),
]);

const scaffold = point(['脚手架与模板', 'Scaffold and formwork'], by.project, [
  source('condition', '高支模失稳', 'Unstable high formwork', 'collapse', 'fall'),
  source('activity', '架体搭拆', 'Building and striking scaffold', 'fall', 'struck'),
]);

const towerCrane = point(
  ['塔式起重机', 'Tower crane'],
  by.project,
  [
    source('equipment', '顶升与附着', 'Climbing and tie-in', 'lifting', 'collapse'),
    source('activity', '群塔交叉作业', 'Overlapping cranes', 'lifting'),
  ],
  { fields: ['special-equipment'] },
);

export const fillingStation: Industry = {
  zh: '加油站',
  en: 'Filling Station',
  fields: ['hazardous-chemicals'],
  gbt4754: '5265',
  habit: 'ls',
  points: [forecourt, fuelTanks, substation, hotWork],
};

export const gasDepot: Industry = {
  zh: '燃气储配站',
  en: 'Gas Depot',
  fields: ['gas'],
  gbt4754: '4511',
  habit: 'lec',
  points: [gasStorage, bottling, garage, substation, hotWork],
};

export const mall: Industry = {
  zh: '商场',
  en: 'Shopping Centre',
  fields: ['fire-and-crowds'],
  gbt4754: '5211',
  habit: 'ls',
  points: [salesFloor, kitchen, garage, substation, boilerRoom, workAtHeight],
};

export const hotel: Industry = {
  zh: '旅游酒店',
  en: 'Tourist Hotel',
  fields: ['fire-and-crowds', 'tourism'],
  gbt4754: '6110',
  habit: 'ls',
  points: [kitchen, dormitory, boilerRoom, substation, garage],
};

export const skiResort: Industry = {
  zh: '滑雪场',
  en: 'Ski Resort',
  fields: ['tourism'],
  gbt4754: '8930',
  habit: 'ls',
  isRemote: true,
  points: [skiLift, piste, kitchen, canteen, garage, substation],
};

export const haulier: Industry = {
  zh: '道路运输企业',
  en: 'Road Transport Operator',
  fields: ['passenger-and-dangerous-goods'],
  gbt4754: '5439',
  habit: 'ls',
  points: [transport, garage, hotWork, dormitory],
};

export const buildingSite: Industry = {
  zh: '建筑施工项目',
  en: 'Construction Project',
  fields: ['construction'],
  gbt4754: '4710',
  habit: 'lec',
  points: [scaffold, excavation, towerCrane, dormitory, hotWork, substation],
};
