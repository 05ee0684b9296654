import type { Knex } from 'knex';
import { crsNames } from '#server/domain/crs/crs.ts';
import type { CoordinateSummary } from '#server/domain/crs/coordinate-stats.ts';
import { decideReading } from '#server/domain/crs/decide-reading.ts';
import { otherReadings, readingCandidates } from '#server/domain/crs/detect.ts';
import type { Candidate } from '#server/domain/crs/candidate.ts';
import { readPosition } from '#server/domain/crs/reading.ts';
import type { Reading } from '#server/domain/crs/reading.ts';
import { placeEvidence } from './import-places.store.ts';
import type { PlaceToCheck } from './import-places.store.ts';
import { statedRegions } from './import-rows.store.ts';
import type {
  CandidateFound,
  ColumnFound,
  CrsFound,
  ImportOptions,
  ImportReading,
} from './import-reading.ts';

/** Rows looked up under every candidate: enough to tell readings apart near borders. */
const MOST_CHECKED = 1000;

/** Offered beside a decided reading, so that a wrong decision shows: rated like the candidates. */
type Offered = Reading & { readonly offsetMetres: number };

/**
 * How the coordinates of a file are read: as its sender or its own words say, as the numbers allow, or as the regions
 * prove that its rows name. Undecided rather than guessed.
 */
export async function decideCrs(
  trx: Knex.Transaction,
  id: string,
  { options, reading }: { readonly options: ImportOptions; readonly reading: ImportReading },
  fileName: string | null,
): Promise<CrsFound | null> {
  const { coordinates, headers = [], format } = reading;
  if (!coordinates || coordinates.rows === 0) return null;
  const candidates = readingCandidates(coordinates, {
    declared: options.crs,
    words: [...headers, ...(format?.titles ?? []), ...(fileName === null ? [] : [fileName])],
    geojson: format?.kind === 'geojson',
  }).filter(({ swapped }) => options.swapped === null || swapped === options.swapped);
  const rate = await rater(trx, id, coordinates, reading.columns ?? [], options.region);
  const decision = decideReading(candidates, await rate(candidates));
  if ('undecided' in decision) {
    const found = await describe(decision.undecided, rate);
    return { decided: null, because: decision.because, candidates: found };
  }
  const offered: readonly Offered[] = [
    { ...decision.decided, offsetMetres: 0 },
    ...otherReadings(coordinates, decision.decided),
  ];
  return {
    decided: decision.decided,
    because: decision.because,
    candidates: await describe(offered, rate),
  };
}

type Rate = (readings: readonly Reading[]) => Promise<
  readonly {
    readonly reading: Reading;
    readonly inStatedRegion: number;
    readonly outside: number;
    readonly checked: number;
  }[]
>;

async function rater(
  trx: Knex.Transaction,
  id: string,
  { sample }: CoordinateSummary,
  columns: readonly ColumnFound[],
  region: string | null,
): Promise<Rate> {
  const step = Math.max(1, Math.ceil(sample.length / MOST_CHECKED));
  const chosen = sample.filter((_, index) => index % step === 0);
  const at = (field: string): number => columns.findIndex((column) => column.field === field);
  const stated = await statedRegions(
    trx,
    id,
    chosen.map(({ row }) => row),
    {
      code: at('regionCode'),
      city: at('city'),
      county: at('county'),
    },
  );
  return async (readings) => {
    const places: readonly PlaceToCheck[] = readings.flatMap((reading, index) =>
      chosen.map((raw) => ({
        reading: index,
        position: readPosition(reading, raw),
        stated: stated.get(raw.row) ?? null,
      })),
    );
    const evidence = await placeEvidence(trx, places, region);
    return evidence.flatMap(({ reading, ...counts }) => {
      const rated = readings[reading];
      return rated ? [{ reading: { crs: rated.crs, swapped: rated.swapped }, ...counts }] : [];
    });
  };
}

async function describe(
  offered: readonly (Offered | Candidate)[],
  rate: Rate,
): Promise<readonly CandidateFound[]> {
  const rated = await rate(offered);
  return offered.map(({ crs, swapped, offsetMetres }) => {
    const found = rated.find(
      (item) => item.reading.crs === crs && item.reading.swapped === swapped,
    );
    return {
      crs,
      swapped,
      names: crsNames(crs),
      offsetMetres: Math.round(offsetMetres * 10) / 10,
      inStatedRegion: found?.inStatedRegion ?? 0,
      outside: found?.outside ?? 0,
      checked: found?.checked ?? 0,
    };
  });
}
