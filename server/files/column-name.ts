/** The letters of a spreadsheet's column: 0 is A, 25 is Z, 26 is AA. */
export function columnName(index: number): string {
  let letters = '';
  for (let rest = index; rest >= 0; rest = Math.floor(rest / 26) - 1) {
    letters = String.fromCharCode(65 + (rest % 26)) + letters;
  }
  return letters;
}
