import { publicPlaces } from './catalogue/public-places.ts';
import type { DemoContext } from './demo-context.ts';
import { tellStory } from './life-story.ts';
import { addRiskPoint } from './make-risk-point.ts';
import type { SubjectPlan } from './subject-plan.ts';

/** Metres; a road section is twice as long. */
const AREA_SIZE = 130;
const LINE_SIZE = 450;

/** Adds a public place: a risk point with no enterprise. */
export function addPublicPlace(context: DemoContext, plan: SubjectPlan, number: number): void {
  const { random, city } = context;
  const template = random.pick(publicPlaces);
  const { place, position } = context.findSite(false);
  addRiskPoint(context, {
    enterpriseId: null,
    code: `${city.code.slice(0, 4)}-G${String(number).padStart(2, '0')}`,
    nameZh: `示例${template.zh}${number}号（${place.names.zh}）`,
    nameEn: `Example ${template.en} No. ${number} (${place.names.en})`,
    template,
    habit: 'ls',
    fields: template.fields,
    position,
    size: template.shape === 'line' ? LINE_SIZE : AREA_SIZE,
    changes: tellStory(random, plan.story),
    standing: plan.standing,
    severity: plan.severity,
  });
}
