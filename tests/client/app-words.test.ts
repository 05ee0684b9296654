import { createFormats } from '#client/ui/format.ts';
import { countOf, levelColourVariables, lookOf, nameIn } from '#client/ui/words.ts';
import { LEGEND_KEYS } from '#client/state/url-state.ts';

const counts = {
  n1: 1,
  n2: 2,
  n3: 3,
  n4: 4,
  nNotAssessed: 5,
  nExpired: 6,
  nNotApplicable: 7,
  assessed: 10,
  total: 21,
};

describe('figures and dates on the screen', () => {
  const format = createFormats('zh-CN', 'Asia/Shanghai');

  it('are grouped, and the same in both languages', () => {
    expect(format.number(1234567)).toBe('1,234,567');
    expect(createFormats('en', 'Asia/Shanghai').number(1234567)).toBe('1,234,567');
  });

  it('never round a share up to all or down to nothing', () => {
    expect(format.share(0.999)).toBe('99%');
    expect(format.share(0.001)).toBe('1%');
    expect(format.share(1)).toBe('100%');
    expect(format.share(0)).toBe('0%');
    expect(format.share(0.745)).toBe('75%');
  });

  it('never round a mean over the edge of a band', () => {
    // 4.9998 is below 5.0 and therefore orange: printing 5.00 would contradict the colour.
    expect(format.mean(4.9998)).toBe('4.999');
    // Everywhere else it is rounded, as the steps that lead to it are: 367 / 67 = 5.47761….
    expect(format.mean(367 / 67)).toBe('5.478');
    expect(format.mean(1.4)).toBe('1.40');
    expect(format.mean(1.41)).toBe('1.41');
  });

  it('give dates in the time zone of the service', () => {
    // 20:30 UTC is 04:30 of the next day in Shanghai.
    expect(format.date('2026-11-22T20:30:00Z')).toBe('2026-11-23');
    expect(format.dateTime('2026-11-22T20:30:00Z')).toBe('2026-11-23 04:30');
    expect(format.dateTime('2026-11-22T16:00:00Z')).toBe('2026-11-23 00:00');
  });

  it('print what is no date as it is', () => {
    expect(format.date('soon')).toBe('soon');
  });
});

describe('words of the classes', () => {
  it('fall back to Chinese where there is no English name', () => {
    expect(nameIn({ zh: '长春市', en: 'Changchun' }, 'en')).toBe('Changchun');
    expect(nameIn({ zh: '长春市', en: null }, 'en')).toBe('长春市');
    expect(nameIn({ zh: '长春市', en: 'Changchun' }, 'zh-CN')).toBe('长春市');
  });

  it('carry a letter of their own for each of the seven classes', () => {
    const letters = LEGEND_KEYS.map((key) => lookOf(key, 'zh-CN').letter);

    expect(letters).toEqual(['Ⅰ', 'Ⅱ', 'Ⅲ', 'Ⅳ', '？', '期', '—']);
  });

  it('carry no Chinese letter on an English screen', () => {
    const letters = LEGEND_KEYS.map((key) => lookOf(key, 'en').letter);

    expect(letters).toEqual(['Ⅰ', 'Ⅱ', 'Ⅲ', 'Ⅳ', '？', 'E', '—']);
  });

  it('count every class apart', () => {
    expect(LEGEND_KEYS.map((key) => countOf(counts, key))).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('hand the four colours to the style sheets', () => {
    expect(Object.fromEntries(levelColourVariables())).toMatchObject({
      '--level-1': '#BE1E2D',
      '--level-2': '#EE8A3C',
      '--level-3': '#FBE655',
      '--level-4': '#1B66C9',
    });
  });
});
