import * as by from './owners.ts';
import { point, source } from './template.ts';

/** Points that most workplaces have, whatever they make. */
export const boilerRoom = point(
  ['锅炉房', 'Boiler house'],
  by.utilities,
  [
    source('equipment', '蒸汽锅炉超压', 'Steam boiler overpressure', 'boiler', 'burn'),
    source('equipment', '燃气管道泄漏', 'Fuel gas pipe leak', 'explosion', 'fire'),
  ],
  { fields: ['special-equipment'] },
);

export const substation = point(['变配电室', 'Substation'], by.utilities, [
  source('equipment', '高压柜带电检修', 'Work on live switchgear', 'shock', 'burn'),
  source('condition', '电缆沟积尘受潮', 'Dust and damp in cable trench', 'fire'),
]);

export const sewagePit = point(
  ['污水处理池', 'Waste water pit'],
  by.production,
  [
    source('activity', '进入池内清淤作业', 'Entry to clear sludge', 'poisoning', 'drowning'),
    source('substance', '硫化氢积聚', 'Build-up of hydrogen sulphide', 'poisoning'),
  ],
  { fields: ['confined-space'] },
);

export const canteen = point(
  ['职工食堂', 'Staff canteen'],
  by.catering,
  [
    source('equipment', '液化气灶具', 'Bottled gas cooker', 'explosion', 'fire'),
    source('condition', '排烟管道油垢', 'Grease in the flue', 'fire'),
  ],
  { kind: 'place', fields: ['gas', 'fire-and-crowds'] },
);

export const warehouse = point(
  ['成品库房', 'Finished goods store'],
  by.storage,
  [
    source('equipment', '叉车厂内运输', 'Forklift traffic', 'vehicle', 'struck'),
    source('condition', '货架超高堆放', 'Racks stacked too high', 'collapse', 'struck'),
    source('condition', '可燃包装物堆积', 'Piled combustible packaging', 'fire'),
  ],
  { kind: 'place' },
);

export const hotWork = point(
  ['检维修动火作业', 'Hot work in maintenance'],
  by.equipment,
  [
    source('activity', '焊接切割作业', 'Welding and cutting', 'fire', 'burn'),
    source('equipment', '气瓶使用存放', 'Gas cylinders', 'vessel', 'fire'),
  ],
  { kind: 'activity' },
);

export const workAtHeight = point(
  ['高处检修作业', 'Maintenance at height'],
  by.equipment,
  [
    source('activity', '屋面及平台检修', 'Work on roofs and platforms', 'fall'),
    source('activity', '高处工具坠落', 'Tools dropped from height', 'struck'),
  ],
  { kind: 'activity' },
);

export const cranes = point(
  ['起重吊装区', 'Crane bay'],
  by.equipment,
  [
    source('equipment', '桥式起重机', 'Overhead crane', 'lifting', 'struck'),
    source('activity', '吊索具捆绑作业', 'Slinging of loads', 'lifting'),
  ],
  { fields: ['special-equipment'] },
);

export const dormitory = point(
  ['职工宿舍', 'Staff dormitory'],
  by.security,
  [
    source('condition', '违规用电及充电', 'Unsafe wiring and charging', 'fire', 'shock'),
    source('condition', '疏散通道堵塞', 'Blocked escape routes', 'fire'),
  ],
  { kind: 'place', fields: ['fire-and-crowds'] },
);

export const yardTraffic = point(
  ['厂区道路', 'Site road'],
  by.fleet,
  [source('activity', '货车与行人混行', 'Lorries among pedestrians', 'vehicle')],
  { kind: 'place', shape: 'line' },
);
