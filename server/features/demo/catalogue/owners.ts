import type { Owner } from './template.ts';

/** Departments and posts; no persons. */
const owner = (deptZh: string, deptEn: string, postZh: string, postEn: string): Owner => ({
  dept: { zh: deptZh, en: deptEn },
  post: { zh: postZh, en: postEn },
});

export const production = owner('生产部', 'Production', '车间主任', 'Workshop director');
export const equipment = owner('设备部', 'Equipment', '设备主管', 'Equipment supervisor');
export const storage = owner('储运部', 'Storage and transport', '库区班长', 'Storage team leader');
export const utilities = owner('动力部', 'Utilities', '动力班班长', 'Utilities team leader');
export const safety = owner('安全部', 'Safety', '专职安全员', 'Safety officer');
export const catering = owner('后勤部', 'General services', '食堂主管', 'Canteen supervisor');
export const fleet = owner('运输部', 'Transport', '车队队长', 'Fleet leader');
export const ventilation = owner('通风区', 'Ventilation section', '通风区区长', 'Section head');
export const mining = owner('采掘区', 'Mining section', '采掘队队长', 'Mining team leader');
export const project = owner('项目部', 'Project office', '施工班组长', 'Site team leader');
export const guests = owner('运营部', 'Operations', '值班经理', 'Duty manager');
export const security = owner('安保部', 'Security', '消防控制室值班长', 'Fire control room leader');

export const traffic = owner('公安交管部门', 'Traffic police', '路段负责岗位', 'Road section post');
export const housing = owner(
  '住建部门',
  'Housing and construction',
  '市政设施管理岗',
  'Municipal post',
);
export const education = owner('教育部门', 'Education', '学校安全管理岗', 'School safety post');
export const culture = owner(
  '文旅部门',
  'Culture and tourism',
  '景区安全管理岗',
  'Site safety post',
);
export const water = owner('水利部门', 'Water resources', '水库管理岗', 'Reservoir post');
export const market = owner('商务部门', 'Commerce', '市场安全管理岗', 'Market safety post');
export const civil = owner(
  '民政部门',
  'Civil affairs',
  '养老机构安全管理岗',
  'Care home safety post',
);
export const town = owner('街道办事处', 'Subdistrict office', '网格安全岗', 'Grid safety post');
