import { creditCodeAfter, enterpriseFaults } from '#server/domain/register/enterprise-rules.ts';
import type { CreditCode, EnterpriseChanges } from '#server/domain/register/enterprise-rules.ts';

/** The example of GB 32100-2015, and the same with a wrong last character. */
const VALID = '91350100M000100Y43';
const WRONG = '91350100M000100Y44';

const faults = (
  changes: EnterpriseChanges,
  before: CreditCode | null = null,
  regionIsKnown = true,
) => enterpriseFaults(changes, { before, regionIsKnown });
const pointers = (...given: Parameters<typeof faults>) =>
  faults(...given).map(({ pointer }) => pointer);

describe('the rules of an enterprise', () => {
  it('find nothing wrong with what is absent', () => {
    expect(faults({})).toEqual([]);
    expect(faults({}, { uscc: WRONG, usccReason: null })).toEqual([]);
  });

  it('tell every fault at its place', () => {
    const changes = {
      uscc: WRONG,
      fields: ['gas', 'x', 'schools', 'y'],
      position: [125, -85.5] as const,
      regionCode: '990199',
    };

    expect(pointers(changes, null, false)).toEqual([
      '/uscc',
      '/fields/1',
      '/fields/3',
      '/position/1',
      '/regionCode',
    ]);
  });

  it('take a place on the edge of the map and a cleared region', () => {
    expect(pointers({ position: [180, 85], regionCode: null }, null, false)).toEqual([]);
  });

  it('tell which character of the code is expected', () => {
    expect(faults({ uscc: WRONG })[0]?.detail).toEqual({
      zh: '第 18 位校验码不符：应为 3，现为 4；如须保留请填写原因。',
      en: 'Character 18, the check of the whole code, does not fit: 3 expected, not 4; give usccReason to keep the code as it is.',
    });
    // Both check characters are wrong: each has its own sentence.
    expect(faults({ uscc: '91350100M000100Y55' }).map(({ detail }) => detail)).toEqual([
      expect.objectContaining({ en: expect.stringContaining('4 expected, not 5') }),
      expect.objectContaining({ en: expect.stringContaining('3 expected, not 5') }),
    ]);
  });

  it.each([
    ['a valid code', { uscc: VALID }, null, []],
    ['a wrong code with a reason', { uscc: WRONG, usccReason: '示例' }, null, []],
    ['a reason given later', { usccReason: '示例' }, { uscc: WRONG, usccReason: null }, []],
    [
      'a reason taken away',
      { usccReason: null },
      { uscc: WRONG, usccReason: '示例' },
      ['/usccReason'],
    ],
    [
      'another wrong code under the old reason',
      { uscc: '7' },
      { uscc: WRONG, usccReason: '示例' },
      [],
    ],
    ['a reason without a code', { usccReason: '示例' }, null, ['/usccReason']],
    ['no code and no reason', { uscc: null, usccReason: null }, null, []],
    ['a code that cannot be read', { uscc: undefined, usccReason: '示例' }, null, []],
    ['a reason that cannot be read', { uscc: WRONG, usccReason: undefined }, null, []],
  ] as const)('judge %s', (_, changes, before, expected) => {
    expect(pointers(changes, before)).toEqual(expected);
  });
});

describe('the credit code that is stored', () => {
  it.each([
    ['stays where nothing is said of it', {}, { uscc: WRONG, usccReason: '示例' }, null],
    [
      'drops the reason with a valid code',
      { uscc: VALID },
      { uscc: WRONG, usccReason: '示例' },
      { uscc: VALID, usccReason: null },
    ],
    [
      'drops the reason with the code',
      { uscc: null },
      { uscc: WRONG, usccReason: '示例' },
      { uscc: null, usccReason: null },
    ],
    [
      'keeps a reason beside a wrong one',
      { uscc: WRONG, usccReason: '示例' },
      null,
      { uscc: WRONG, usccReason: '示例' },
    ],
    [
      'keeps no reason beside a valid one',
      { usccReason: '示例' },
      { uscc: VALID, usccReason: null },
      { uscc: VALID, usccReason: null },
    ],
  ] as const)('%s', (_, changes, before, expected) => {
    expect(creditCodeAfter(changes, before)).toEqual(expected);
  });
});
