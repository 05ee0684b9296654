/** The block of common Chinese characters; names hold hardly any other. */
const [FIRST, LAST] = [0x4e00, 0x9fff];

/** Readings that only place names have and the dictionaries lack: 十里堡, 大埔, 赤坎圩, 涡阳, 洪洞, 费县, 尉犁, 浒墅关, 泌阳. */
const IN_PLACE_NAMES = '堡p 埔b 圩x 涡g 洞t 费b 尉y 浒x 泌b'.split(' ');

const initialOf = (reading) => reading.normalize('NFD')[0];

/** Adds each character of a word with its initial there, such as 长c and 春c of 长春 (cháng chūn). */
function addWord(used, word, readings) {
  const characters = [...word];
  if (characters.length !== readings.length) return;
  for (const [i, character] of characters.entries()) used.add(character + initialOf(readings[i]));
}

/**
 * CSV of `letters,characters`: the first letters of the usual readings of each character, the commonest first. Usual is
 * the first reading of a character, and another one when some word, family name or place name has it. `words`: word
 * → readings separated by spaces.
 */
export function buildPinyinInitials(pinyin, words) {
  const used = new Set(IN_PLACE_NAMES);
  for (const [word, readings] of Object.entries(words)) addWord(used, word, readings.split(' '));
  const rows = new Map();
  for (let codePoint = FIRST; codePoint <= LAST; codePoint += 1) {
    const character = String.fromCodePoint(codePoint);
    const readings = pinyin(character, { multiple: true, type: 'array' });
    const placeNames = IN_PLACE_NAMES.filter((entry) => entry[0] === character);
    const initials = [...readings.map(initialOf), ...placeNames.map((entry) => entry[1])];
    const letters = [...new Set(initials)]
      .filter((letter, i) => /^[a-z]$/u.test(letter) && (i === 0 || used.has(character + letter)))
      .join('');
    if (letters !== '') rows.set(letters, (rows.get(letters) ?? '') + character);
  }
  const lines = [...rows].sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1));
  return `${['letters,characters', ...lines.map((line) => line.join(','))].join('\n')}\n`;
}
