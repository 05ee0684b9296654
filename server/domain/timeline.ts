import { dynamicLevel } from './dynamic-level.ts';
import { byTime, reignsOf } from './in-force.ts';
import type { Reign, TimelineAssessment } from './in-force.ts';
import { isWorse } from './level.ts';
import type { Basis, Level, State } from './level.ts';
import { isLive } from './lifecycle.ts';
import type { Lifecycle } from './lifecycle.ts';

export type LifecycleChange = { readonly at: number; readonly lifecycle: Lifecycle };

/** One risk point, one basis. All instants are epoch milliseconds, UTC. */
export type TimelineInput = {
  readonly basis: Basis;
  readonly existsFrom: number;
  /** In any order; before the first one the point counts as running. */
  readonly lifecycleChanges: readonly LifecycleChange[];
  /** The point's own and its hazard sources', in any order. */
  readonly assessments: readonly TimelineAssessment[];
  readonly now: number;
};

/** What holds for a risk point at one instant. */
export type LevelSnapshot = {
  readonly state: State;
  /** Worst over the assessments in force; only `assessed` has one. */
  readonly level: Level | null;
  /**
   * Worst level among subjects whose assessment has lapsed; an assessed point has one where a part
   * of it lapsed. For `not_applicable`, the worst level last known of any subject.
   */
  readonly lastLevel: Level | null;
  readonly dynamicLevel: Level | null;
  readonly lifecycle: Lifecycle;
  /** Assessment that gave `level`, or `lastLevel` where expired. */
  readonly decidedBy: string | null;
};

/** A snapshot that holds in [validFrom, validTo); `validTo` null = the present. */
export type LevelPeriod = LevelSnapshot & {
  readonly validFrom: number;
  readonly validTo: number | null;
};

/**
 * The level periods of a risk point from its beginning to `now`: no gap, no overlap, neighbours
 * differ, the last one open. What will lapse after `now` is not foretold (see nextDue). Empty
 * where the point does not exist yet. Source: rules §1 and §2 of this service.
 */
export function levelTimeline(input: TimelineInput): readonly LevelPeriod[] {
  if (input.existsFrom > input.now) return [];
  const reigns = reignsOf(input.assessments, input.basis);
  const starts = changesOf(input, reigns).filter((at) => at > input.existsFrom && at <= input.now);
  const periods: LevelPeriod[] = [];
  for (const validFrom of [input.existsFrom, ...starts]) {
    const snapshot = snapshotAt(validFrom, input, reigns);
    const last = periods.at(-1);
    if (last && isSame(last, snapshot)) continue;
    if (last) periods[periods.length - 1] = { ...last, validTo: validFrom };
    periods.push({ ...snapshot, validFrom, validTo: null });
  }
  return periods;
}

/** The next instant after `now` at which the answer changes by itself; null when it never does. */
export function nextDue(input: TimelineInput): number | null {
  const reigns = reignsOf(input.assessments, input.basis);
  const from = Math.max(input.now, input.existsFrom);
  const current = snapshotAt(from, input, reigns);
  if (input.existsFrom > input.now) return input.existsFrom;
  const later = changesOf(input, reigns).filter((at) => at > input.now);
  return later.find((at) => !isSame(current, snapshotAt(at, input, reigns))) ?? null;
}

/** Every instant at which something may change, ascending. */
function changesOf(input: TimelineInput, reigns: readonly Reign[]): readonly number[] {
  const instants = [
    ...input.lifecycleChanges.map((change) => change.at),
    ...reigns.flatMap(({ from, to, assessment }) => [from, to, assessment.validUntil ?? Infinity]),
  ];
  return [...new Set(instants)].filter(Number.isFinite).toSorted((a, b) => a - b);
}

function snapshotAt(at: number, input: TimelineInput, reigns: readonly Reign[]): LevelSnapshot {
  const lifecycle = lifecycleAt(at, input.lifecycleChanges);
  const newest = reigns.filter((r) => r.from <= at && at < r.to).map((r) => r.assessment);
  const inForce = worstOf(newest.filter((a) => a.validUntil === null || at < a.validUntil));
  const lapsed = worstOf(newest.filter((a) => a.validUntil !== null && a.validUntil <= at));
  const standing = standingOf(lifecycle, inForce, lapsed);
  return {
    ...standing,
    dynamicLevel: dynamicLevel({ level: standing.level, signals: [] }).level,
    lifecycle,
  };
}

function standingOf(
  lifecycle: Lifecycle,
  inForce: TimelineAssessment | null,
  lapsed: TimelineAssessment | null,
): Pick<LevelSnapshot, 'state' | 'level' | 'lastLevel' | 'decidedBy'> {
  const lastLevel = lapsed?.level ?? null;
  if (!isLive(lifecycle)) {
    const known = inForce?.level ?? null;
    const worst = isWorse(known, lastLevel) ? known : lastLevel;
    return { state: 'not_applicable', level: null, lastLevel: worst, decidedBy: null };
  }
  if (inForce) return { state: 'assessed', level: inForce.level, lastLevel, decidedBy: inForce.id };
  if (lapsed) return { state: 'expired', level: null, lastLevel, decidedBy: lapsed.id };
  return { state: 'not_assessed', level: null, lastLevel: null, decidedBy: null };
}

/** The assessment with the worst level, the newest of equals; those without a level give none. */
function worstOf(assessments: readonly TimelineAssessment[]): TimelineAssessment | null {
  return assessments
    .filter((a) => a.level !== null)
    .toSorted(byTime)
    .reduce<TimelineAssessment | null>(
      (worst, a) => (isWorse(worst?.level ?? null, a.level) ? worst : a),
      null,
    );
}

function lifecycleAt(at: number, changes: readonly LifecycleChange[]): Lifecycle {
  const past = changes.filter((change) => change.at <= at);
  return past.toSorted((a, b) => a.at - b.at).at(-1)?.lifecycle ?? 'running';
}

const COMPARED = [
  'state',
  'level',
  'lastLevel',
  'dynamicLevel',
  'lifecycle',
  'decidedBy',
] as const satisfies readonly (keyof LevelSnapshot)[];

function isSame(a: LevelSnapshot, b: LevelSnapshot): boolean {
  return COMPARED.every((key) => a[key] === b[key]);
}

/** Months after which an assessment lapses, default profile (rules §2 of this service). */
const DEFAULT_CYCLE_MONTHS = 12;

/** Months for major hazard installations and the enterprise diagnosis (every three years). */
const LONG_CYCLE_MONTHS = 36;

const LONG_CYCLE_METHODS: ReadonlySet<string> = new Set(['gb18218', 'chemical-diagnosis']);

/** Months by level, optional profile, a proposal of this service (rules §2). */
const CYCLE_MONTHS_BY_LEVEL: Readonly<Record<Level, number>> = {
  1: 12,
  2: 12,
  3: 24,
  4: 36,
};

export type CycleProfile = 'standard' | 'by-level';

/**
 * First instant (epoch ms) at which an assessment has lapsed: whole calendar months (UTC) after
 * `assessedAt`, on the last day of the month where the day does not exist. `level` is read by the
 * profile `by-level` only.
 */
export function expiryOf(
  assessedAt: number,
  method: string,
  profile: CycleProfile = 'standard',
  level: Level | null = null,
): number {
  return addMonths(assessedAt, cycleMonths(method, profile, level));
}

function cycleMonths(method: string, profile: CycleProfile, level: Level | null): number {
  if (LONG_CYCLE_METHODS.has(method)) return LONG_CYCLE_MONTHS;
  return profile === 'by-level' && level !== null
    ? CYCLE_MONTHS_BY_LEVEL[level]
    : DEFAULT_CYCLE_MONTHS;
}

function addMonths(instant: number, months: number): number {
  const date = new Date(instant);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0));
  date.setUTCDate(Math.min(day, lastDay.getUTCDate()));
  return date.getTime();
}
