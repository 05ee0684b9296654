import { v7 } from 'uuid';
import type { Knex } from 'knex';
import {
  aBox,
  aHazardSource,
  aMeasure,
  anAssessment,
  anEnterprise,
  aRiskPoint,
  aSmallProvince,
  settle,
} from '#tests/support/factories.ts';
import type { Placed } from '#tests/support/factories.ts';
import { OWN_EYES } from './eyes.ts';
import type { Eyes } from './eyes.ts';
import type { HouseRow } from './house.ts';
import { hasPermission } from '#server/domain/policy/role.ts';
import type { TestGrant } from '#tests/support/callers.ts';
import type { TestDatabase } from '#tests/support/test-database.ts';

/** Where a row of the register belongs: what grants are limited by. */
export type Belonging = {
  /** Codes from the province down. */
  readonly path: readonly string[];
  readonly jurisdiction: string | null;
  readonly fields: readonly string[];
  readonly enterprise: string | null;
};

/** A row, and every text by which an answer could give it away. */
export type SecretRow = {
  readonly kind: 'enterprise' | 'risk-point' | 'hazard-source' | 'measure' | 'assessment';
  readonly id: string;
  /** No other row has any of these, and no text of the program has. */
  readonly marks: readonly string[];
  /** What is told only to those who work on the row: a person, further columns, where it came from. */
  readonly restricted: readonly string[];
  readonly belongs: Belonging;
  /** Of an enterprise: its points, with any of which it is seen. */
  readonly points: readonly Belonging[];
  readonly isDeleted: boolean;
};

export type World = {
  readonly rows: readonly SecretRow[];
  /** What is not of the register; made by who needs it. */
  readonly house: readonly HouseRow[];
  readonly regions: readonly string[];
  readonly jurisdiction: string;
  readonly fields: readonly string[];
};

const FIELDS = ['coal-mine', 'hazardous-chemicals'] as const;

const PLACES = [
  { path: ['990000', '990100', '990101'], at: [125.3, 43.2] },
  { path: ['990000', '990100', '990102'], at: [125.3, 43.8] },
  { path: ['990000', '990200'], at: [126.3, 43.3] },
  // Inside the park that cuts across the border of the two cities.
  { path: ['990000', '990100', '990102'], at: [125.95, 43.8], isPark: true },
  { path: ['990000', '990200'], at: [126.05, 43.8], isPark: true },
] as const;

type Place = {
  readonly path: readonly string[];
  readonly at: readonly [number, number];
  readonly isPark?: boolean;
};

const PARK_BOX = aBox(125.9, 43.7, 126.1, 43.9);

/** Enterprises of two fields in every place, each with points here and in the next place, and public places. */
export async function makeWorld(database: TestDatabase, now: number): Promise<World> {
  const jurisdiction = v7();
  const rows: SecretRow[] = [];
  await database.asOwner(async (trx) => {
    await aSmallProvince(trx);
    await trx.raw(
      `INSERT INTO jurisdictions (id, kind, names, geom, source) VALUES (?, 'park', '{"zh":"示例园区"}',
         ST_Multi(ST_SetSRID(ST_GeomFromGeoJSON(?), 4326)), 'test')`,
      [jurisdiction, JSON.stringify(PARK_BOX)],
    );
    const make = rowMaker(trx, rows, jurisdiction);
    for (const [index, place] of PLACES.entries()) {
      const next: Place = PLACES[(index + 1) % PLACES.length] ?? place;
      for (const field of FIELDS) {
        const owner = await make.enterprise(place, field);
        await make.point(place, field, owner);
        await make.point(next, field, owner);
        await make.point(place, field, null);
      }
    }
    await markDeleted(trx, rows, await make.enterprise(PLACES[0], FIELDS[0]));
    await settle(trx, now);
  });
  return {
    rows,
    house: [],
    regions: ['990000', '990100', '990101', '990102', '990200'],
    jurisdiction,
    fields: FIELDS,
  };
}

const NO_MARKS: readonly string[] = [];

type Owner = Placed & { readonly points: Belonging[] };

function rowMaker(trx: Knex.Transaction, rows: SecretRow[], jurisdiction: string) {
  let count = 0;
  /** Seven digits between two rare characters: found in any answer, and never by accident. */
  const mark = (): string => {
    count += 1;
    return `龘${String(count).padStart(7, '0')}靐`;
  };
  const belonging = ({ path, isPark }: Place, field: string, enterprise: string | null) => ({
    path,
    jurisdiction: isPark ? jurisdiction : null,
    fields: [field],
    enterprise,
  });
  const shift = ([lon, lat]: readonly [number, number]): [number, number] => [
    lon + count * 1e-5,
    lat,
  ];
  const remember = (
    kind: SecretRow['kind'],
    id: string,
    belongs: Belonging,
    marks: readonly string[],
    { restricted = NO_MARKS, points = [] }: Partial<Pick<SecretRow, 'restricted' | 'points'>> = {},
  ) =>
    rows.push({ kind, id, belongs, marks: [id, ...marks], restricted, points, isDeleted: false });
  /** Gives a row everything that is restricted. */
  const restrict = async (table: string, id: string, person: string | null) => {
    const [name, key, value, source, code] = [mark(), mark(), mark(), mark(), mark()];
    const given = {
      attributes: JSON.stringify({ [key]: value }),
      origin: JSON.stringify({ source, code }),
      ...(person !== null && { [person]: name }),
    };
    await trx(table).where({ id }).update(given);
    return [name, key, value, source, code];
  };

  const enterprise = async (place: Place, field: string): Promise<Owner> => {
    const zh = mark();
    const made = await anEnterprise(trx, { at: shift(place.at), zh, fields: [field] });
    const owner = { ...made, points: [] };
    const restricted = await restrict('enterprises', made.id, 'principal_name');
    const more = { restricted, points: owner.points };
    remember('enterprise', made.id, belonging(place, field, made.id), [zh], more);
    return owner;
  };
  const point = async (place: Place, field: string, owner: Owner | null): Promise<void> => {
    const [zh, code] = [mark(), `RP-${mark()}`];
    const options = { at: shift(place.at), zh, code, enterprise: owner, fields: [field] };
    const made = await aRiskPoint(trx, options);
    const belongs = belonging(place, field, owner?.id ?? null);
    owner?.points.push(belongs);
    const restricted = await restrict('risk_points', made.id, 'person');
    remember('risk-point', made.id, belongs, [zh, code], { restricted });
    const sourceName = mark();
    const source = await aHazardSource(trx, made, { zh: sourceName });
    const ofSource = await restrict('hazard_sources', source.id, null);
    remember('hazard-source', source.id, belongs, [sourceName], { restricted: ofSource });
    const text = mark();
    remember('measure', await aMeasure(trx, made, { zh: text, source }), belongs, [text]);
    const level = ((count % 4) + 1) as 1 | 2 | 3 | 4;
    remember('assessment', await anAssessment(trx, made, level, { source }), belongs, []);
  };
  return { enterprise, point };
}

/** As a deletion would: the row stays, and the list of deletions names it. */
async function markDeleted(
  trx: Knex.Transaction,
  rows: SecretRow[],
  { id, cityCode }: Placed,
): Promise<void> {
  const deletion = v7();
  const why = `龘${'9'.repeat(7)}靐`;
  await trx('deletions').insert({
    city_code: cityCode,
    id: deletion,
    kind: 'enterprise',
    row_id: id,
    reason: why,
  });
  await trx('enterprises')
    .where({ id })
    .update({ deleted_at: trx.fn.now(), deletion_id: deletion });
  const index = rows.findIndex((row) => row.id === id);
  const row = rows[index];
  if (row) rows[index] = { ...row, isDeleted: true, marks: [...row.marks, deletion, why] };
}

/** What the rules say, told a second time and in other words than the policies: whether grants let a row be seen. */
export function isSeen(
  { kind, belongs, points }: SecretRow,
  grants: readonly TestGrant[],
  eyes: Eyes = OWN_EYES,
): boolean {
  const places = kind === 'enterprise' ? [belongs, ...points] : [belongs];
  return places.some((place) => eyes.reach(place) && grants.some((grant) => covers(grant, place)));
}

/** Whether grants let all of a row be told: those of roles that work on it. */
export function isTold(
  row: SecretRow,
  grants: readonly TestGrant[],
  eyes: Eyes = OWN_EYES,
): boolean {
  const working = grants.filter(({ role }) => hasPermission(role, 'register.restricted'));
  return isSeen(row, working, eyes);
}

export function covers(grant: TestGrant, place: Belonging): boolean {
  const { regions, jurisdictions, fields, enterpriseId } = grant;
  const isPlaced = regions !== undefined || jurisdictions !== undefined;
  const isHere =
    !isPlaced ||
    (regions ?? []).some((code) => place.path.includes(code)) ||
    (jurisdictions ?? []).some((id) => id === place.jurisdiction);
  const isOfField = fields === undefined || fields.some((code) => place.fields.includes(code));
  return isHere && isOfField && (enterpriseId === undefined || enterpriseId === place.enterprise);
}
