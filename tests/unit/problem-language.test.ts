import { checkLanguage } from '#tests/support/check-language.ts';

const chinese =
  (detail: string, given = '') =>
  () =>
    checkLanguage('zh-CN', { title: '未找到', detail }, given);
const english =
  (detail: string, given = '') =>
  () =>
    checkLanguage('en', { title: 'Not found', detail }, given);

describe('the language check of the suites', () => {
  it('refuses an English sentence in a Chinese answer, also one that quotes a Chinese value', () => {
    expect(chinese('The name is taken')).toThrow('This is not Chinese');
    expect(chinese('The name “示例厂” is taken')).toThrow('This is not Chinese');
    expect(chinese('The name 示例厂 is taken', '{"name":"示例厂"}')).toThrow('This is not Chinese');
    expect(chinese('名称“示例厂”已被使用')).not.toThrow();
  });

  it('refuses a Chinese word in an English answer, but lets it repeat what was sent', () => {
    expect(english('The name 已被使用')).toThrow('This is not English');
    expect(english('The name “示例厂” is taken')).not.toThrow();
    expect(english('The name 示例厂 is taken', '{"name":"示例厂"}')).not.toThrow();
    expect(english('The name 示例厂 is taken', '{"name":"另一厂"}')).toThrow('This is not English');
  });

  it('looks at titles and at each single fault as well', () => {
    expect(() => checkLanguage('en', { title: '未找到' })).toThrow('This is not English');
    expect(() =>
      checkLanguage('zh-CN', { title: '请求无效', errors: [{ detail: 'Must be a number' }] }),
    ).toThrow('This is not Chinese');
  });

  it('refuses an answer that names no language', () => {
    expect(() => checkLanguage(undefined, { title: 'Not found' })).toThrow('names no language');
  });
});
