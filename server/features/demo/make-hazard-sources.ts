import type { Level } from '#server/domain/level.ts';
import { accidentTypes } from './catalogue/accident-types.ts';
import { inspections, measuresAgainst } from './catalogue/measures.ts';
import type { MeasureTemplate } from './catalogue/measures.ts';
import type { MethodHabit, PointTemplate, SourceTemplate } from './catalogue/template.ts';
import type { DemoContext } from './demo-context.ts';
import { addAssessments } from './make-assessments.ts';
import { AMONG_SOURCES, stepFrom } from './severity.ts';

/** Chance that a source beside the leading one was left out of the newest assessment. */
const OVERLOOKED = 0.06;
/** Chance that a point is assessed as a whole, without a list of hazard sources. */
const ASSESSED_AS_A_WHOLE = 0.1;

export type PointToFill = {
  readonly id: string;
  readonly entered: number;
  readonly template: PointTemplate;
  readonly habit: MethodHabit;
  readonly severity: Level;
  /** Days ago, oldest first. */
  readonly days: readonly number[];
};

/** The hazard sources of a point, the measures, and every assessment of them. */
export function fillPoint(context: DemoContext, point: PointToFill): void {
  const { random } = context;
  addMeasure(context, point, null, inspections[point.severity - 1]);
  const { sources } = point.template;
  if (random.chance(ASSESSED_AS_A_WHOLE)) {
    addAssessments(context, wholePoint(point), point.days);
    return;
  }
  const leading = random.whole(0, sources.length - 1);
  for (const [index, source] of sources.entries()) {
    addSource(context, point, source, index === leading);
  }
}

const wholePoint = ({ id, template, habit, severity }: PointToFill) => ({
  riskPointId: id,
  subjectKind: 'risk_point' as const,
  subjectId: id,
  habit,
  accident: template.sources[0]?.accidents[0] ?? ('other' as const),
  severity,
});

function addSource(
  context: DemoContext,
  point: PointToFill,
  source: SourceTemplate,
  isLeading: boolean,
): void {
  const { random, rows, worstSeverity } = context;
  const id = random.id(point.entered);
  rows.hazardSources.push({
    id,
    riskPointId: point.id,
    nameZh: source.zh,
    nameEn: source.en,
    kind: source.kind,
    accidentTypes: source.accidents.map((code) => accidentTypes[code]),
  });
  const accident = source.accidents[0] ?? 'other';
  for (const measure of random.shuffled(measuresAgainst[accident]).slice(0, 2)) {
    addMeasure(context, point, id, measure);
  }
  const severity = isLeading
    ? point.severity
    : stepFrom(random, point.severity, AMONG_SOURCES, worstSeverity);
  const days = !isLeading && random.chance(OVERLOOKED) ? point.days.slice(0, -1) : point.days;
  addAssessments(
    context,
    {
      riskPointId: point.id,
      subjectKind: 'hazard_source',
      subjectId: id,
      habit: point.habit,
      accident,
      severity,
    },
    days,
  );
}

function addMeasure(
  { random, rows }: DemoContext,
  point: PointToFill,
  hazardSourceId: string | null,
  measure: MeasureTemplate | undefined,
): void {
  if (!measure) return;
  rows.measures.push({
    id: random.id(point.entered),
    riskPointId: point.id,
    hazardSourceId,
    kind: measure.kind,
    textZh: measure.zh,
    textEn: measure.en,
  });
}
