import { readSearchQuery } from '#server/domain/search/search-query.ts';

describe('what was typed', () => {
  it.each([
    ['ＬＮＧ　储罐', ['lng', '储罐'], 'lng储罐', 'lng储罐', null],
    ['  吉林\t石化\n', ['吉林', '石化'], '吉林石化', '吉林石化', null],
    [
      'Jilin  Petrochemical',
      ['jilin', 'petrochemical'],
      'jilin petrochemical',
      'jilinpetrochemical',
      'jilinpetrochemical',
    ],
    ['JLSH', ['jlsh'], 'jlsh', 'jlsh', 'jlsh'],
    ['9122 0101', ['9122', '0101'], '9122 0101', '91220101', null],
    ['a', ['a'], 'a', 'a', null],
    ['FX-01', ['fx-01'], 'fx-01', 'fx-01', null],
    ['甲|乙', ['甲', '乙'], '甲乙', '甲乙', null],
    ['100%_\\', ['100%_\\'], '100%_\\', '100%_\\', null],
  ])(
    '%j is read as terms, beginning of a name, code and initials',
    (typed, terms, whole, code, letters) => {
      expect(readSearchQuery(typed)).toEqual({ terms, whole, code, letters });
    },
  );

  it.each(['', ' ', '　', '\u200b\u00a0\t', '|'])('%j holds nothing to search for', (typed) => {
    expect(readSearchQuery(typed)).toBeNull();
  });

  it('keeps whole characters of a term that normalising makes long, and eight terms', () => {
    // One ligature becomes 18 characters.
    const long = readSearchQuery('\ufdfa'.repeat(20));
    const many = readSearchQuery('一 二 三 四 五 六 七 八 九 十');

    expect(long?.terms.every((term) => term.length <= 100)).toBe(true);
    expect(many?.terms).toEqual(['一', '二', '三', '四', '五', '六', '七', '八']);
    expect(readSearchQuery('😀'.repeat(100))?.terms).toEqual(['😀'.repeat(100)]);
  });
});
