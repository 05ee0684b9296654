import fc from 'fast-check';
import { escapeFormula, unescapeFormula } from '#server/files/formula-text.ts';

it.each([
  ['=1+1', "'=1+1"],
  ["@SUM(A1)|cmd|' /C calc'!A0", "'@SUM(A1)|cmd|' /C calc'!A0"],
  ['-5', "'-5"],
  ['+86 431', "'+86 431"],
  ['\tx', "'\tx"],
  ['\rx', "'\rx"],
  ['\u0000x', "'\u0000x"],
  ['=1+1', "'=1+1"],
  ["'=x", "''=x"],
  ["'plain", "'plain"],
  ['1-2=3', '1-2=3'],
  ['', ''],
])('the text %j is written as %j', (text, escaped) => {
  expect(escapeFormula(text)).toBe(escaped);
});

it('escaping is undone exactly, for any text', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.constantFrom("'", '=', '-', 'a', '\t')).map((parts) => parts.join('')),
  );

  fc.assert(fc.property(text, (original) => unescapeFormula(escapeFormula(original)) === original));
});
