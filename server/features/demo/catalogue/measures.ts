import type { Bilingual } from '#server/domain/bilingual.ts';
import type { MeasureKind } from '#server/domain/control.ts';
import type { AccidentCode } from './accident-types.ts';

export type MeasureTemplate = Bilingual & { readonly kind: MeasureKind };

const engineering = (zh: string, en: string): MeasureTemplate => ({ kind: 'engineering', zh, en });
const management = (zh: string, en: string): MeasureTemplate => ({ kind: 'management', zh, en });
const training = (zh: string, en: string): MeasureTemplate => ({ kind: 'training', zh, en });
const ppe = (zh: string, en: string): MeasureTemplate => ({ kind: 'ppe', zh, en });
const emergency = (zh: string, en: string): MeasureTemplate => ({ kind: 'emergency', zh, en });

/** What is done against each kind of accident. */
export const measuresAgainst: Readonly<Record<AccidentCode, readonly MeasureTemplate[]>> = {
  struck: [
    engineering('设置挡板和隔离区', 'Toe boards and a fenced-off area'),
    ppe('佩戴安全帽', 'Hard hats'),
  ],
  vehicle: [
    engineering('人车分流、限速和反光镜', 'Separate walkways, speed limits and mirrors'),
    training('驾驶人员定期培训', 'Regular driver training'),
  ],
  machine: [
    engineering('安全联锁和防护罩', 'Interlocks and guards'),
    management('上锁挂牌后检修', 'Lock-out and tag-out before repairs'),
  ],
  lifting: [
    engineering('限位器和力矩限制器完好', 'Limit switches and load limiters in order'),
    management('吊装作业票和专人指挥', 'Lifting permit and a signaller'),
  ],
  shock: [
    engineering('漏电保护和可靠接地', 'Residual current devices and earthing'),
    ppe('绝缘手套和绝缘鞋', 'Insulating gloves and boots'),
  ],
  drowning: [
    engineering('护栏、救生圈和警示牌', 'Railings, lifebuoys and warning signs'),
    emergency('配备救援绳和值守人员', 'Rescue ropes and a person on watch'),
  ],
  burn: [
    engineering('高温部位隔热防护', 'Insulation of hot parts'),
    ppe('防烫服、面屏和洗眼器', 'Heat-proof clothing, face shields and eyewash'),
  ],
  fire: [
    engineering('自动报警和喷淋系统', 'Automatic alarm and sprinklers'),
    management('动火审批和每日防火巡查', 'Hot work permits and daily fire rounds'),
    emergency('每半年疏散演练', 'Evacuation drill every half year'),
  ],
  fall: [
    engineering('防护栏杆和生命线', 'Guard rails and lifelines'),
    ppe('全身式安全带', 'Full body harness'),
  ],
  collapse: [
    engineering('支护加固和位移监测', 'Shoring and movement monitoring'),
    management('每日巡查并记录', 'Daily rounds with a record'),
  ],
  roof: [
    engineering('顶板离层监测和及时支护', 'Roof monitoring and timely support'),
    training('敲帮问顶培训', 'Training in sounding the roof'),
  ],
  inrush: [
    management('有疑必探、先探后掘', 'Probe drilling before every advance'),
    emergency('避灾路线和排水设备', 'Escape routes and pumps'),
  ],
  blasting: [
    management('一炮三检和警戒撤人', 'Gas checks before blasting and cleared area'),
    training('爆破人员持证上岗', 'Licensed blasters only'),
  ],
  powder: [
    engineering('防雷防静电和视频监控', 'Lightning and static protection, cameras'),
    management('双人双锁管理', 'Two keys held by two persons'),
  ],
  gas: [
    engineering('瓦斯监控断电联锁', 'Methane monitoring with power cut-off'),
    management('瓦斯巡回检查', 'Methane inspection rounds'),
    ppe('随身携带自救器', 'Self-rescuers carried by all'),
  ],
  boiler: [
    engineering('安全阀和超压联锁定期校验', 'Safety valves and trips tested regularly'),
    training('司炉人员持证上岗', 'Licensed boiler operators'),
  ],
  vessel: [
    engineering('安全阀、爆破片和压力联锁', 'Safety valves, bursting discs and pressure trips'),
    management('定期检验并建档', 'Periodic inspection on record'),
  ],
  explosion: [
    engineering('可燃气体报警和防爆电气', 'Gas detectors and explosion-proof equipment'),
    management('清扫制度和静电接地检查', 'Cleaning rota and checks of static earthing'),
    emergency('专项预案和现场处置卡', 'Specific plan and response cards'),
  ],
  poisoning: [
    engineering('气体检测和强制通风', 'Gas detection and forced ventilation'),
    ppe('正压式空气呼吸器', 'Self-contained breathing apparatus'),
    emergency('严禁盲目施救，三脚架救援', 'No unprotected rescue; tripod and winch at hand'),
  ],
  other: [
    management('客流监测和限流', 'Counting and limiting of visitors'),
    training('岗位安全培训', 'Safety training at the post'),
  ],
};

/** One for the whole point, by how bad it is: index 0 for the worst. */
export const inspections: readonly MeasureTemplate[] = [
  management('公司级负责人每月带队检查', 'Monthly inspection led by the company'),
  management('车间每周检查', 'Weekly inspection by the workshop'),
  management('班组每日检查', 'Daily inspection by the team'),
  management('岗位每班巡查', 'Round at every shift by the post'),
];
