/** No header that is known is longer. */
const MOST_CHARACTERS = 120;

/** A hint in brackets, such as （必填）, (m) or [WGS84]; full-width brackets are plain ones after NFKC. */
const BRACKETS = /\([^()]*\)|\[[^[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|\{[^{}]*\}|《|》/g;

/** Hints that say nothing about what the column is. */
const PLAIN_HINT =
  /[([【](?:必填项?|选填|可选|非必填|文本|下拉选择|单选|多选|required|optional|mandatory)[)\]】]/g;

/** What does not tell headers apart: white space, line breaks, and the marks that programs and people put in. */
const MARKS = /[\s_\-–—.·:*#"'“”‘’`]+/g;

/**
 * What a header is compared by: NFKC, lower case, without white space, marks and hints in brackets. A header that is
 * nothing but brackets keeps what is in them; so does one that is nothing but marks.
 */
export function normaliseHeader(text: string): string {
  const folded = fold(text);
  const plain = bare(folded.replaceAll(BRACKETS, ''));
  return plain === '' ? wholeHeader(text) : plain;
}

/** The same with the hints: `后果(S)` is `后果s`, which says more than `后果`. */
export function wholeHeader(text: string): string {
  const folded = fold(text);
  const plain = bare(folded.replaceAll(PLAIN_HINT, '').replaceAll(/[()[\]{}【】〔〕《》]/g, ''));
  return plain === '' ? folded.trim() : plain;
}

/** The parts of a header over two rows (`坐标 经度`) or in two languages (`经度/Longitude`), as they stand. */
export function headerParts(text: string): readonly string[] {
  const parts = fold(text)
    .replaceAll(BRACKETS, '')
    .split(/[\s/|>]+/);
  return parts.filter((part) => bare(part) !== '');
}

function fold(text: string): string {
  return text.slice(0, MOST_CHARACTERS).normalize('NFKC').toLowerCase();
}

function bare(text: string): string {
  return text.replaceAll(MARKS, '');
}
