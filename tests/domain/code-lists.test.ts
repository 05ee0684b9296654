import {
  CONTROL_LEVELS,
  controlFault,
  controlLevelNames,
  defaultControlLevel,
  MEASURE_KINDS,
  measureKindNames,
} from '#server/domain/control.ts';
import { FIELDS } from '#server/domain/fields.ts';
import { LEVELS } from '#server/domain/level.ts';
import { isLive, LIFECYCLES, lifecycleNames } from '#server/domain/lifecycle.ts';

describe('control levels', () => {
  it('give a worse risk to a higher tier', () => {
    const held = LEVELS.map((level) => controlLevelNames[defaultControlLevel[level]].zh);

    expect(held).toEqual(['公司', '车间', '班组', '岗位']);
  });

  it('find a fault only in a major risk held by a team or a post', () => {
    const faulty = CONTROL_LEVELS.filter((tier) => controlFault(1, tier) !== null);

    expect(faulty).toEqual(['team', 'post']);
    expect(controlFault(1, 'post')?.zh).toBe('重大风险应由公司级管控，现为岗位级');
    expect(controlFault(2, 'post')).toBeNull();
    expect(controlFault(null, 'post')).toBeNull();
  });

  it('name all five kinds of measure', () => {
    expect(MEASURE_KINDS.map((kind) => measureKindNames[kind].zh)).toEqual([
      '工程技术措施',
      '管理措施',
      '培训教育措施',
      '个体防护措施',
      '应急处置措施',
    ]);
  });
});

describe('lifecycles', () => {
  it('count suspended sites as live, and planned and closed ones not', () => {
    expect(LIFECYCLES.filter(isLive)).toEqual([
      'building',
      'running',
      'suspended',
      'long_suspended',
    ]);
  });

  it('have the words of the register', () => {
    expect(LIFECYCLES.map((l) => lifecycleNames[l].zh)).toEqual([
      '未建',
      '在建',
      '在产',
      '停产',
      '长期停产',
      '关闭',
    ]);
  });
});

describe('supervised fields', () => {
  it('are 22, each with its own kebab-case code and names', () => {
    expect(FIELDS).toHaveLength(22);
    for (const key of ['code', 'zh', 'en'] as const) {
      expect(new Set(FIELDS.map((field) => field[key])).size).toBe(22);
    }
    expect(FIELDS.every((field) => /^[a-z]+(?:-[a-z]+)*$/.test(field.code))).toBe(true);
    expect(FIELDS.find((field) => field.code === 'explosive-dust')?.zh).toBe('粉尘涉爆');
  });
});
