import fc from 'fast-check';
import { baseKey, codeKey } from '#server/domain/import/base-key.ts';

describe('the key of a record', () => {
  it('does not change with case, width and spaces', () => {
    expect(codeKey('GEM  Tracker', 'risk-points', 'ａ-01 ')).toBe(
      codeKey('gem tracker', 'risk-points', 'A-01'),
    );
    expect(baseKey(null, 'enterprises', null, '示例（化工）\n有限公司', null)).toBe(
      baseKey('', 'enterprises', '', '示例(化工) 有限公司', ''),
    );
  });

  it('differs in each of its parts', () => {
    const keys = [
      codeKey('s', 'risk-points', 'n'),
      codeKey('s', 'enterprises', 'n'),
      codeKey('t', 'risk-points', 'n'),
      codeKey('s', 'risk-points', 'm'),
      baseKey('s', 'risk-points', 'e', 'n', 'c'),
      baseKey('t', 'risk-points', 'e', 'n', 'c'),
      baseKey('s', 'hazard-sources', 'e', 'n', 'c'),
      baseKey('s', 'risk-points', 'f', 'n', 'c'),
      baseKey('s', 'risk-points', 'e', 'm', 'c'),
      baseKey('s', 'risk-points', 'e', 'n', 'd'),
      baseKey('s', 'risk-points', 'en', '', 'c'),
      baseKey('s', 'risk-points', '', 'en', 'c'),
    ];

    expect(new Set(keys).size).toBe(keys.length);
  });

  it('keeps its parts apart whatever they hold', () => {
    const part = fc.string({
      unit: fc.constantFrom('"', ',', '[', ']', '\\', 'a', 'null'),
      maxLength: 4,
    });

    fc.assert(
      fc.property(part, part, part, part, (a, b, c, d) => {
        const same = a === c && b === d;
        expect(
          baseKey(null, 'enterprises', a, b, null) === baseKey(null, 'enterprises', c, d, null),
        ).toBe(same);
      }),
    );
  });

  it('fits an index, however long the names, and still tells them apart', () => {
    const long = (end: string) =>
      baseKey('甲'.repeat(200), 'risk-points', '乙'.repeat(900), `丙${end}`, '丁'.repeat(100));

    expect(Buffer.byteLength(long('1'))).toBeLessThan(2600);
    expect(long('1')).not.toBe(long('2'));
    expect(long('1')).toBe(long('1'));
  });

  it('is cut between characters only', () => {
    const key = baseKey(null, 'risk-points', null, `${'x'.repeat(677)}${'𠮷'.repeat(200)}`, null);

    expect(key).not.toMatch(/\p{Surrogate}/u);
  });
});
