import { possiblePlaces, readPlaces } from '#server/domain/search/named-places.ts';
import type { NamedRegion } from '#server/domain/search/named-places.ts';
import { readSearchQuery } from '#server/domain/search/search-query.ts';
import type { SearchQuery } from '#server/domain/search/search-query.ts';

function query(typed: string): SearchQuery {
  const read = readSearchQuery(typed);
  if (read === null) throw new Error('nothing typed');
  return read;
}

const JILIN: NamedRegion = { word: '吉林', code: '220000', path: ['220000'] };
const JILIN_CITY: NamedRegion = { word: '吉林', code: '220200', path: ['220000', '220200'] };
const CITY: NamedRegion = { ...JILIN_CITY, word: '吉林市' };
const chaoyang = (code: string): NamedRegion => ({
  word: '朝阳',
  code,
  path: [`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code],
});

describe('a text as the name of a place and something in it', () => {
  it.each([
    ['吉林 锅炉', ['吉林', '锅炉']],
    ['吉林市 a 锅炉', ['吉林市', '锅炉']],
    ['吉林锅炉', ['吉林', '吉林锅']],
    ['锅炉', []],
    ['锅', []],
  ])('%s may name the places %j', (typed, words) => {
    expect(possiblePlaces(query(typed))).toEqual(words);
  });

  it.each([
    ['吉林 锅炉', [JILIN, JILIN_CITY], ['220000'], ['锅炉']],
    ['锅炉 吉林 一号', [JILIN_CITY], ['220200'], ['锅炉', '一号']],
    ['吉林 吉林市 锅炉', [JILIN, JILIN_CITY, CITY], ['220200'], ['锅炉']],
    ['吉林市锅炉', [JILIN, CITY], ['220200'], ['锅炉']],
    ['朝阳 锅炉', [chaoyang('110105'), chaoyang('220104')], ['110105', '220104'], ['锅炉']],
  ])('%s', (typed, regions, areas, terms) => {
    expect(readPlaces(query(typed), regions)).toMatchObject({ areas, rest: { terms } });
  });

  it.each([
    ['only places', '吉林 吉林市', [JILIN, CITY]],
    ['no place', '一号 锅炉', []],
    ['places that lie apart', '吉林市 朝阳 锅炉', [CITY, chaoyang('110105')]],
  ])('reads %s as no such text', (_what, typed, regions) => {
    expect(readPlaces(query(typed), regions)).toBeNull();
  });

  it('takes three regions of one name and not more', () => {
    const regions = ['110105', '220104', '211300', '330100'].map(chaoyang);

    expect(readPlaces(query('朝阳 锅炉'), regions)?.areas).toEqual(['110105', '220104', '211300']);
  });
});
