import {
  boilerRoom,
  canteen,
  cranes,
  dormitory,
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

const paintShop = point(
  ['涂装车间', 'Paint shop'],
  by.production,
  [
    source('substance', '喷漆有机溶剂蒸气', 'Solvent vapour from spraying', 'explosion', 'fire'),
    source('activity', '清理漆渣作业', 'Clearing paint residue', 'fire', 'poisoning'),
  ],
  { fields: ['confined-space'] },
);

const pressShop = point(['冲压车间', 'Press shop'], by.production, [
  source('equipment', '冲压机模区', 'Die area of the press', 'machine'),
  source('activity', '模具吊装更换', 'Lifting and changing dies', 'lifting', 'struck'),
]);

const polishing = point(
  ['铝镁抛光间', 'Light metal polishing'],
  by.production,
  [
    source('substance', '铝镁粉尘云', 'Aluminium and magnesium dust', 'explosion', 'fire'),
    source('equipment', '除尘器积灰', 'Dust left in the collector', 'explosion'),
  ],
  { fields: ['explosive-dust'] },
);

const assembly = point(['总装线', 'Assembly line'], by.production, [
  source('equipment', '自动化机械手', 'Robot cells', 'machine'),
  source('activity', '车辆下线试车', 'Test runs off the line', 'vehicle'),
]);

const refrigeration = point(
  ['制冷机房', 'Refrigeration plant room'],
  by.utilities,
  [
    source('substance', '液氨泄漏', 'Ammonia leak', 'poisoning', 'explosion'),
    source('equipment', '贮氨器超压', 'Ammonia receiver overpressure', 'vessel'),
    source('activity', '加氨及检修作业', 'Charging and repair', 'poisoning', 'burn'),
  ],
  { fields: ['ammonia-refrigeration', 'special-equipment'] },
);

const cuttingHall = point(
  ['分割包装车间', 'Cutting and packing hall'],
  by.production,
  [
    source('condition', '保温材料着火', 'Burning insulation', 'fire', 'poisoning'),
    source('condition', '安全出口上锁', 'Locked emergency exits', 'fire'),
    source('equipment', '分割锯', 'Band saw', 'machine'),
  ],
  { kind: 'place', fields: ['fire-and-crowds'] },
);

const silo = point(
  ['粮食筒仓', 'Grain silos'],
  by.storage,
  [
    source('activity', '入仓清理作业', 'Entry to clear the silo', 'poisoning', 'collapse'),
    source('substance', '粮食粉尘', 'Grain dust', 'explosion'),
    source('substance', '熏蒸磷化氢', 'Phosphine fumigation', 'poisoning'),
  ],
  { fields: ['explosive-dust', 'confined-space'] },
);

const dryer = point(['粮食烘干塔', 'Grain dryer'], by.production, [
  source('equipment', '热风炉及塔内着火', 'Hot air stove and tower fire', 'fire', 'burn'),
  source('activity', '塔体高处检修', 'Repairs high on the tower', 'fall'),
]);

const sander = point(
  ['砂光除尘间', 'Sanding and dust collection'],
  by.production,
  [
    source('substance', '木粉尘', 'Wood dust', 'explosion', 'fire'),
    source('equipment', '砂光机火花', 'Sparks from sanding', 'fire'),
  ],
  { fields: ['explosive-dust'] },
);

const timberYard = point(
  ['原木楞场', 'Timber yard'],
  by.storage,
  [
    source('condition', '楞垛滚落', 'Rolling log stacks', 'struck', 'collapse'),
    source('condition', '堆场火灾', 'Yard fire', 'fire'),
  ],
  { kind: 'place', shape: 'area' },
);

const turbine = point(['风电机组', 'Wind turbine'], by.equipment, [
  source('activity', '塔筒攀爬与机舱检修', 'Climbing and nacelle work', 'fall', 'struck'),
  source('equipment', '机舱火灾', 'Nacelle fire', 'fire'),
  source('condition', '叶片覆冰甩落', 'Ice thrown from blades', 'struck'),
]);

const support = [boilerRoom, substation, warehouse, hotWork, workAtHeight, yardTraffic];

const factory = (names: readonly [zh: string, en: string], code: string) => ({
  zh: names[0],
  en: names[1],
  gbt4754: code,
});

export const carParts: Industry = {
  ...factory(['汽车零部件厂', 'Car Parts Plant'], '3670'),
  fields: ['industry-and-trade'],
  habit: 'lec',
  points: [paintShop, polishing, pressShop, assembly, cranes, canteen, ...support],
};

export const railVehicles: Industry = {
  ...factory(['轨道车辆配套厂', 'Rail Vehicle Works'], '3714'),
  fields: ['industry-and-trade'],
  habit: 'lec',
  points: [paintShop, assembly, cranes, pressShop, dormitory, canteen, ...support],
};

export const meatPlant: Industry = {
  ...factory(['肉类加工厂', 'Meat Processing Plant'], '1353'),
  fields: ['ammonia-refrigeration', 'industry-and-trade'],
  habit: 'ls',
  points: [refrigeration, cuttingHall, sewagePit, dormitory, canteen, ...support],
};

export const coldStore: Industry = {
  ...factory(['冷库', 'Cold Store'], '5930'),
  fields: ['ammonia-refrigeration'],
  habit: 'ls',
  points: [refrigeration, warehouse, substation, workAtHeight, yardTraffic],
};

export const grainDepot: Industry = {
  ...factory(['粮食储备库', 'Grain Depot'], '5951'),
  fields: ['explosive-dust', 'industry-and-trade'],
  habit: 'lec',
  points: [silo, dryer, warehouse, substation, workAtHeight, yardTraffic],
};

export const woodPlant: Industry = {
  ...factory(['木制品厂', 'Wood Products Plant'], '2029'),
  fields: ['explosive-dust', 'industry-and-trade'],
  habit: 'lec',
  points: [sander, timberYard, dormitory, ...support],
};

export const windFarm: Industry = {
  ...factory(['风电场', 'Wind Farm'], '4415'),
  fields: ['industry-and-trade'],
  habit: 'ls',
  isRemote: true,
  points: [turbine, substation, cranes, workAtHeight, yardTraffic],
};
