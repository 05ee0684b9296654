import type { Knex } from 'knex';
import type { Level } from '#server/domain/level.ts';
import type { Names } from '#server/domain/names.ts';
import type {
  PublicDepth,
  PublicFigures,
  PublicState,
} from '#server/domain/publication/area-figures.ts';
import type { ToldTally } from '#server/domain/publication/small-numbers.ts';
import type { RollUpRule } from '#server/domain/zoning/roll-up.ts';

/** What is told to everyone, since when and on whose authority. */
export type Release = {
  readonly id: string;
  readonly kind: 'register' | 'demonstration';
  readonly rule: RollUpRule;
  readonly basis: 'inherent' | 'current';
  readonly approvalNumber: string | null;
};

/** Whoever has no credentials reads the views of the same names. */
export async function findRelease(trx: Knex.Transaction): Promise<Release | null> {
  const row = await trx('publication_releases as r')
    .whereNull('r.ended_at')
    .first<Release | undefined>({
      id: 'r.id',
      kind: 'r.kind',
      rule: 'r.rule',
      basis: 'r.basis',
      approvalNumber: 'r.approval_number',
    });
  return row ?? null;
}

/** Newest day with figures, not after the one given (YYYY-MM-DD); null: there is none. */
export async function findDay(
  trx: Knex.Transaction,
  releaseId: string,
  asOf: string | null,
): Promise<string | null> {
  const row = await trx('publication_days as d')
    .where('d.release_id', releaseId)
    .modify((query) => {
      if (asOf !== null) query.where('d.day', '<=', asOf);
    })
    .first<{ day: string | null } | undefined>(trx.raw('max(d.day)::text AS day'));
  return row?.day ?? null;
}

/** An area as it was told; `figures` null: there were none on that day. */
export type ToldArea = {
  readonly code: string;
  readonly names: Names;
  readonly depth: PublicDepth;
  readonly figures: PublicFigures | null;
};

type AreaRow = {
  code: string;
  names: Names;
  depth: PublicDepth;
  state: PublicState | null;
  level: Level | null;
  n1: number | null;
  n2: number | null;
  n3: number | null;
  n4: number | null;
  n_none: number | null;
};

const AREAS = `SELECT r.code, r.names, r.depth, a.state, a.level::int AS level, a.n1, a.n2, a.n3, a.n4, a.n_none
  FROM regions r LEFT JOIN LATERAL (
    SELECT t.* FROM publication_areas t WHERE t.release_id = :release::uuid AND t.code = r.code AND t.day <= :day::date
    ORDER BY t.day DESC LIMIT 1) AS a ON true
  WHERE r.depth = ANY (:depths::text[])`;

type Told = { readonly releaseId: string; readonly day: string };

/** An area and those directly below it, as told on a day; the area itself first, then by code. */
export async function areaAndBelow(
  trx: Knex.Transaction,
  code: string,
  { releaseId, day }: Told,
  depths: readonly string[],
): Promise<readonly ToldArea[]> {
  const { rows } = await trx.raw<{ rows: AreaRow[] }>(
    `${AREAS} AND (r.code = :code OR r.parent_code = :code) ORDER BY r.code <> :code, r.code`,
    { release: releaseId, day, code, depths },
  );
  return rows.map(toArea);
}

/** Areas by code, as told on a day. */
export async function areasOf(
  trx: Knex.Transaction,
  codes: readonly string[],
  { releaseId, day }: Told,
  depths: readonly string[],
): Promise<readonly ToldArea[]> {
  const { rows } = await trx.raw<{ rows: AreaRow[] }>(
    `${AREAS} AND r.code = ANY (:codes::text[]) ORDER BY r.code`,
    { release: releaseId, day, codes, depths },
  );
  return rows.map(toArea);
}

function toArea({ code, names, depth, state, level, ...n }: AreaRow): ToldArea {
  const told: ToldTally = { n1: n.n1, n2: n.n2, n3: n.n3, n4: n.n4, nNone: n.n_none };
  return { code, names, depth, figures: state === null ? null : { state, level, told } };
}
