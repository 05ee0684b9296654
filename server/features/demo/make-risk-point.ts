import type { ControlLevel } from '#server/domain/control.ts';
import { defaultControlLevel } from '#server/domain/control.ts';
import type { Position } from '#server/domain/geometry/bbox.ts';
import type { Level } from '#server/domain/level.ts';
import { assessmentDays } from './assessment-days.ts';
import { isoInstant } from './calendar.ts';
import type { MethodHabit, PointTemplate } from './catalogue/template.ts';
import type { DemoContext } from './demo-context.ts';
import type { Change } from './life-story.ts';
import { fillPoint } from './make-hazard-sources.ts';
import type { Random } from './random.ts';
import { drawShape } from './shapes.ts';
import type { Standing } from './subject-plan.ts';

export type PointPlan = {
  readonly enterpriseId: string | null;
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly template: PointTemplate;
  readonly habit: MethodHabit;
  readonly fields: readonly string[];
  readonly position: Position;
  /** Length of a line or width of an area, metres. */
  readonly size: number;
  readonly changes: readonly Change[];
  readonly standing: Standing;
  readonly severity: Level;
};

/** Chance that a major risk is wrongly left to a team: a listed fault that a reader can find. */
const LEFT_TO_A_TEAM = 0.05;

/** Adds a risk point with everything that hangs on it. */
export function addRiskPoint(context: DemoContext, plan: PointPlan): void {
  const { random, calendar, rows, city } = context;
  const { template, changes, position } = plan;
  const dated = changes.map(({ daysAgo, lifecycle }) => ({ at: calendar.at(daysAgo), lifecycle }));
  const entered = dated[0]?.at ?? calendar.at(1);
  const id = random.id(entered);
  rows.riskPoints.push({
    id,
    enterpriseId: plan.enterpriseId,
    code: plan.code,
    nameZh: plan.nameZh,
    nameEn: plan.nameEn,
    kind: template.kind,
    geometry: drawShape(random, template.shape, position, plan.size),
    lon: position[0],
    lat: position[1],
    cityCode: city.code,
    lifecycle: changes.at(-1)?.lifecycle ?? 'running',
    lifecycleChanges: dated.map(({ at, lifecycle }) => ({ at: isoInstant(at), lifecycle })),
    fields: plan.fields,
    existsFrom: isoInstant(entered),
    controlLevel: plan.enterpriseId === null ? null : controlLevelFor(random, plan.severity),
    responsibleDept: template.owner.dept,
    responsiblePost: template.owner.post,
  });
  const days = assessmentDays(random, plan.standing).filter((day) => isAssessable(changes, day));
  fillPoint(context, { id, entered, template, habit: plan.habit, severity: plan.severity, days });
}

function controlLevelFor(random: Random, severity: Level): ControlLevel {
  return severity === 1 && random.chance(LEFT_TO_A_TEAM) ? 'team' : defaultControlLevel[severity];
}

/** Nobody assesses what is not built yet or already closed. */
function isAssessable(changes: readonly Change[], day: number): boolean {
  const then = changes.findLast(({ daysAgo }) => daysAgo > day)?.lifecycle;
  return then !== undefined && then !== 'planned' && then !== 'closed';
}
