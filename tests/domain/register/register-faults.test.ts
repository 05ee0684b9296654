import {
  REGISTER_FAULT_KINDS,
  registerFaultNames,
  registerFaultText,
} from '#server/domain/register-faults.ts';
import type { RegisterFaultFacts } from '#server/domain/register-faults.ts';

const NONE: RegisterFaultFacts = {
  level: null,
  controlLevel: null,
  uscc: null,
  usccReason: null,
  statedRegionCode: null,
};

describe('the text of a register fault', () => {
  it.each(REGISTER_FAULT_KINDS)('of kind %s is there in both languages', (kind) => {
    const text = registerFaultText(kind, NONE);

    expect(text.zh).toMatch(/\p{Script=Han}/u);
    expect(text.en).toMatch(/^[^\p{Script=Han}]+$/u);
    expect(registerFaultNames[kind].zh.length).toBeGreaterThan(3);
  });

  it('says who holds the major risk', () => {
    const text = registerFaultText('major-held-low', { ...NONE, level: 1, controlLevel: 'post' });

    expect(text).toEqual({
      zh: '重大风险应由公司级管控，现为岗位级',
      en: 'A major risk must be controlled by the company; it is held by the post',
    });
  });

  it('says the level, the code with its reason, and the stated region', () => {
    expect(registerFaultText('no-measures', { ...NONE, level: 2 }).zh).toBe('较大风险没有管控措施');
    expect(
      registerFaultText('uscc-unverified', { ...NONE, uscc: '9X', usccReason: '证照如此' }).en,
    ).toBe('9X fails its check; kept because: 证照如此');
    expect(
      registerFaultText('region-disagrees', { ...NONE, statedRegionCode: '220102' }).zh,
    ).toContain('220102');
  });
});
