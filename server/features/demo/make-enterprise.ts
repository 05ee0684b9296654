import { isoInstant } from './calendar.ts';
import type { Industry, PointTemplate } from './catalogue/template.ts';
import type { DemoContext } from './demo-context.ts';
import { tellStory } from './life-story.ts';
import type { Change } from './life-story.ts';
import { addRiskPoint } from './make-risk-point.ts';
import type { Random } from './random.ts';
import { AMONG_POINTS, stepFrom } from './severity.ts';
import { moved } from './shapes.ts';
import type { Site } from './sites.ts';
import type { Standing, SubjectPlan } from './subject-plan.ts';

const PRINCIPAL = { zh: '企业主要负责人', en: 'Principal of the enterprise' };

/** Metres from the gate to a point of the enterprise. */
const POINT_REACH = { nearest: 40, farthest: 260 };
const POINT_SIZE = 110;
const FEWEST_POINTS = 5;
const MOST_POINTS = 8;

/** Standing of the points beside the leading one, by that of the enterprise. */
const STANDINGS: Readonly<Record<Standing, readonly (readonly [Standing, number])[]>> = {
  current: [
    ['current', 84],
    ['never', 8],
    ['lapsed', 8],
  ],
  lapsed: [
    ['lapsed', 75],
    ['never', 25],
  ],
  never: [['never', 1]],
};

export type EnterprisePlan = SubjectPlan & { readonly industry: Industry; readonly number: number };

/** Adds an invented enterprise, its points and everything that hangs on them. */
export function addEnterprise(context: DemoContext, plan: EnterprisePlan): void {
  const { random, calendar, rows, city } = context;
  const { industry, number } = plan;
  const site = context.findSite(industry.isRemote === true);
  const changes = tellStory(random, plan.story);
  const dated = changes.map(({ daysAgo, lifecycle }) => ({ at: calendar.at(daysAgo), lifecycle }));
  const id = random.id(dated[0]?.at ?? calendar.at(1));
  rows.enterprises.push({
    id,
    nameZh: `示例${industry.zh}${number}号（${site.place.names.zh}）`,
    nameEn: `Example ${industry.en} No. ${number} (${site.place.names.en})`,
    address: addressOf(city.names.zh, site.place.names.zh),
    lon: site.position[0],
    lat: site.position[1],
    cityCode: city.code,
    lifecycle: changes.at(-1)?.lifecycle ?? 'running',
    lifecycleChanges: dated.map(({ at, lifecycle }) => ({ at: isoInstant(at), lifecycle })),
    fields: industry.fields,
    gbt4754: industry.gbt4754,
    principalPost: PRINCIPAL,
  });
  const code = `${city.code.slice(0, 4)}-${String(rows.enterprises.length).padStart(3, '0')}`;
  for (const [index, template] of choosePoints(random, industry).entries()) {
    addPoint(context, { plan, site, changes, id, code, index, template });
  }
}

function addressOf(city: string, place: string): string {
  return `${city}${city.startsWith(place) ? '' : place}（示例地址）`;
}

/** The leading point, then some of the others in the order of the catalogue. */
function choosePoints(random: Random, { points }: Industry): readonly PointTemplate[] {
  const count = random.whole(FEWEST_POINTS, MOST_POINTS);
  const others = new Set(random.shuffled(points.slice(1)).slice(0, count - 1));
  return points.filter((template, index) => index === 0 || others.has(template));
}

type NextPoint = {
  readonly plan: EnterprisePlan;
  readonly site: Site;
  readonly changes: readonly Change[];
  readonly id: string;
  readonly code: string;
  readonly index: number;
  readonly template: PointTemplate;
};

function addPoint(context: DemoContext, next: NextPoint): void {
  const { random, worstSeverity } = context;
  const { plan, template, index } = next;
  const isLeading = index === 0;
  const metres = random.whole(POINT_REACH.nearest, POINT_REACH.farthest);
  addRiskPoint(context, {
    enterpriseId: next.id,
    code: `${next.code}-${String(index + 1).padStart(2, '0')}`,
    nameZh: template.zh,
    nameEn: template.en,
    template,
    habit: plan.industry.habit,
    fields: [...new Set([...plan.industry.fields.slice(0, 1), ...template.fields])],
    position: moved(next.site.position, metres, random.unit() * 2 * Math.PI),
    size: POINT_SIZE,
    changes: isLeading ? next.changes : changesOfPoint(random, next.changes),
    standing: isLeading ? plan.standing : random.weighted(STANDINGS[plan.standing]),
    severity: isLeading
      ? plan.severity
      : stepFrom(random, plan.severity, AMONG_POINTS, worstSeverity),
  });
}

/** A point lives as its enterprise does, but a few of a running one are closed or still planned. */
function changesOfPoint(random: Random, changes: readonly Change[]): readonly Change[] {
  const [entry] = changes;
  if (!entry || changes.length > 1 || entry.lifecycle !== 'running') return changes;
  return random.weighted<readonly Change[]>([
    [changes, 95],
    [[entry, { daysAgo: random.whole(15, 300), lifecycle: 'closed' }], 3],
    [[{ ...entry, daysAgo: random.whole(15, 200), lifecycle: 'planned' }], 2],
  ]);
}
