import type { Database } from '../../db/open-database.ts';
import { regionSummaries } from '../../features/regions/regions.service.ts';
import { createSearch } from '../../features/search/search.service.ts';
import type { SearchAsked } from '../../features/search/search.service.ts';
import { pickWords, searchSizes } from './search-words.store.ts';
import type { SearchWords } from './search-words.store.ts';
import { share } from './share.ts';

type Question = Pick<SearchAsked, 'q' | 'region' | 'basis'>;
type Mix = { readonly what: string; readonly questions: readonly Question[] };

const REQUESTS = 60;
const WARM_UP = 10;
const NOT_ASKED = { limit: 8, crs: 'wgs84' } as const;

const ask = (...texts: readonly string[]): readonly Question[] =>
  texts.map((q) => ({ q, basis: 'current' }));

/** Times whole answers of the service one after the other. Returns lines of a Markdown table. */
export async function measureSearch(db: Database): Promise<readonly string[]> {
  const words = await db.read((trx) => pickWords(trx, REQUESTS));
  const search = createSearch({
    read: (work) => db.read(work),
    summariseRegions: regionSummaries,
    stateOfSource: () => Promise.resolve(null),
  });
  const lines = ['| search for | p50 | p95 | slowest |', '|---|--:|--:|--:|'];
  const all: number[] = [];
  for (const { what, questions } of mixes(words)) {
    const times: number[] = [];
    for (let index = -WARM_UP; index < REQUESTS; index += 1) {
      const question = questions[(index + WARM_UP) % questions.length];
      if (question === undefined) throw new Error('Nothing to search for');
      const began = performance.now();
      await search.find({ ...NOT_ASKED, ...question });
      if (index >= 0) times.push(performance.now() - began);
    }
    all.push(...times);
    lines.push(tableRow(what, times));
  }
  const { table, indexes } = await db.read(searchSizes);
  const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`;
  return [
    ...lines,
    tableRow('all of these', all),
    `\nentries of the search: ${megabytes(table)}, their indexes ${megabytes(indexes)}`,
  ];
}

function mixes(words: SearchWords): readonly Mix[] {
  return [...namesAsked(words), ...pairsAsked(words), ...othersAsked(words)];
}

function namesAsked({ enterprises, points }: SearchWords): readonly Mix[] {
  return [
    {
      what: 'common words (化工, 储罐 …)',
      questions: ask('化工', '储罐', '机械', '车间', '二期', '锅炉', '吉林', '有限'),
    },
    {
      what: 'two characters that few names have',
      questions: ask(...points.map((name) => name.slice(0, 2))),
    },
    {
      what: 'rare or no names (泵房, 码头 …)',
      questions: ask('泵房', '码头', '氯气', '江川', '长锦'),
    },
    { what: 'one character', questions: ask('吉', '化', '龙', '锅') },
    { what: 'whole names of enterprises', questions: ask(...enterprises) },
    { what: 'whole names of risk points', questions: ask(...points) },
    {
      what: 'two terms',
      questions: ask(...points.map((name) => `${name.slice(0, 4)} ${name.slice(-3)}`)),
    },
  ];
}

function pairsAsked({ enterprises }: SearchWords): readonly Mix[] {
  return [
    {
      what: 'a region and a name (吉林 锅炉)',
      questions: ask('吉林 锅炉', '吉林市 储罐', '延边 二期 车间', '锅炉 长春', '长春泵房'),
    },
    {
      what: 'an enterprise and a name',
      questions: ask(...enterprises.map((name) => `${name.slice(0, 6)} 储罐`)),
    },
  ];
}

function othersAsked({ usccs, codes, initials }: SearchWords): readonly Mix[] {
  return [
    { what: 'codes and 统一社会信用代码', questions: ask(...codes, ...usccs) },
    {
      what: 'the beginning of codes',
      questions: ask('FX-', 'FX-00', '91220', ...codes.map((code) => code.slice(0, 7))),
    },
    {
      what: 'initials of four letters',
      questions: ask(...initials.map((letters) => letters.slice(0, 4))),
    },
    {
      what: 'initials of two and three letters',
      questions: ask('jl', 'cc', 'hg', 'cgq', 'yac', 'dhd'),
    },
    { what: 'English, of which there is none', questions: ask('chemical', 'tank farm', 'a') },
    {
      what: 'common words in one city',
      questions: ask('化工', '储罐', '二期').map((one) => ({ ...one, region: '220200' })),
    },
    {
      what: 'no such name in one city',
      questions: ask('泵房', '码头').map((one) => ({ ...one, region: '220200' })),
    },
    {
      what: 'the other basis',
      questions: ask('化工', '储罐', '龙凤').map((one) => ({ ...one, basis: 'inherent' as const })),
    },
    { what: 'coordinates', questions: ask('126.55,43.84', '43°53′10″N 125°19′25″E') },
  ];
}

function tableRow(what: string, times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const cells = [share(sorted, 0.5), share(sorted, 0.95), share(sorted, 1)];
  return `| ${what} | ${cells.map((ms) => `${ms.toFixed(1)} ms`).join(' | ')} |`;
}
