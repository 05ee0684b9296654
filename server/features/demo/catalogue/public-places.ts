import * as by from './owners.ts';
import { point, source } from './template.ts';
import type { PointTemplate } from './template.ts';

const place = (
  names: readonly [zh: string, en: string],
  field: string,
  shape: PointTemplate['shape'],
): { readonly names: typeof names; readonly extras: object } => ({
  names,
  extras: { kind: 'public_place', fields: [field], shape },
});

const road = place(['长下坡路段', 'Long Downhill Road Section'], 'road-black-spot', 'line');
const bend = place(['急弯路段', 'Sharp Bend Road Section'], 'road-black-spot', 'line');
const square = place(['文化广场', 'Public Square'], 'fire-and-crowds', 'area');
const school = place(['中心学校', 'Central School'], 'schools', 'area');
const bridge = place(['跨河桥梁', 'River Bridge'], 'municipal', 'line');
const mains = place(['老旧燃气管段', 'Ageing Gas Main'], 'gas', 'line');
const fair = place(['农贸市场', 'Farmers Market'], 'fire-and-crowds', 'point');
const scenic = place(['山水景点', 'Scenic Spot'], 'tourism', 'point');
const dam = place(['小型水库', 'Small Reservoir'], 'water-and-geology', 'point');
const care = place(['养老服务中心', 'Care Home'], 'elderly-and-welfare', 'point');
const lane = place(['老旧小区', 'Old Housing Estate'], 'fire-and-crowds', 'area');

/** Places that no enterprise answers for; each votes for itself in a roll-up. */
export const publicPlaces: readonly PointTemplate[] = [
  point(
    road.names,
    by.traffic,
    [
      source('condition', '冰雪路面制动失效', 'Brake failure on ice and snow', 'vehicle'),
      source('condition', '避险车道缺失', 'No escape lane', 'vehicle'),
    ],
    road.extras,
  ),
  point(
    bend.names,
    by.traffic,
    [
      source('condition', '视距不足', 'Short sight distance', 'vehicle'),
      source('condition', '路侧无护栏', 'No roadside barrier', 'vehicle', 'fall'),
    ],
    bend.extras,
  ),
  point(
    square.names,
    by.town,
    [
      source('condition', '大型活动人群聚集', 'Crowds at large events', 'other'),
      source('equipment', '临时舞台与灯架', 'Temporary stage and rigging', 'collapse', 'shock'),
    ],
    square.extras,
  ),
  point(
    school.names,
    by.education,
    [
      source('condition', '上下学楼梯拥挤', 'Crowded stairs', 'other', 'fall'),
      source('equipment', '食堂燃气设施', 'Canteen gas fittings', 'explosion', 'fire'),
    ],
    school.extras,
  ),
  point(
    bridge.names,
    by.housing,
    [source('condition', '桥面结构老化', 'Ageing bridge deck', 'collapse', 'vehicle')],
    bridge.extras,
  ),
  point(
    mains.names,
    by.housing,
    [
      source('equipment', '管道腐蚀泄漏', 'Leak from corrosion', 'explosion', 'poisoning'),
      source('activity', '第三方施工破坏', 'Damage by other works', 'explosion'),
    ],
    mains.extras,
  ),
  point(
    fair.names,
    by.market,
    [
      source('condition', '摊位私拉电线', 'Makeshift wiring of stalls', 'fire', 'shock'),
      source('equipment', '瓶装液化气使用', 'Bottled gas in use', 'explosion', 'fire'),
    ],
    fair.extras,
  ),
  point(
    scenic.names,
    by.culture,
    [
      source('condition', '栈道临崖', 'Cliff walkway', 'fall'),
      source('condition', '游客高峰拥挤', 'Peak visitor numbers', 'other'),
    ],
    scenic.extras,
  ),
  point(
    dam.names,
    by.water,
    [
      source(
        'condition',
        '汛期坝体渗漏',
        'Dam seepage in the flood season',
        'collapse',
        'drowning',
      ),
      source('condition', '库区戏水', 'Bathing in the reservoir', 'drowning'),
    ],
    dam.extras,
  ),
  point(
    care.names,
    by.civil,
    [source('condition', '失能人员疏散困难', 'Hard evacuation of residents', 'fire', 'other')],
    care.extras,
  ),
  point(
    lane.names,
    by.town,
    [
      source('equipment', '电动自行车充电', 'Charging of electric bicycles', 'fire'),
      source('condition', '消防通道占用', 'Blocked fire lane', 'fire'),
    ],
    lane.extras,
  ),
];
