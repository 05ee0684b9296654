import type { Level } from '#server/domain/level.ts';
import { calendarOf } from './calendar.ts';
import type { Industry } from './catalogue/template.ts';
import { cityProfiles } from './city-profiles.ts';
import type { CityProfile } from './city-profiles.ts';
import type { DemoContext, DemoRowsInProgress } from './demo-context.ts';
import type { DemoCity, DemoInput } from './demo-input.ts';
import type { DemoRows } from './demo-rows.ts';
import { addEnterprise } from './make-enterprise.ts';
import { addPublicPlace } from './make-public-place.ts';
import { seededRandom } from './random.ts';
import { siteFinder } from './sites.ts';
import { planSubjects } from './subject-plan.ts';

/**
 * An invented set for Jilin: enterprises, public places, hazard sources, measures and the inputs of
 * about 14 months of assessments before the reference day. Pure: the same input gives the same
 * rows, ids included. Cities without a profile stay empty.
 */
export function generateDemo(input: DemoInput): DemoRows {
  const rows: DemoRowsInProgress = {
    enterprises: [],
    riskPoints: [],
    hazardSources: [],
    measures: [],
    assessments: [],
  };
  const counters = new Map<Industry, number>();
  for (const city of input.cities) {
    const profile = cityProfiles[city.code];
    if (profile) fillCity(contextOf(input, city, profile, rows), profile, counters);
  }
  return rows;
}

function contextOf(
  { seed, referenceDay, places }: DemoInput,
  city: DemoCity,
  profile: CityProfile,
  rows: DemoRowsInProgress,
): DemoContext {
  const random = seededRandom(seed * 1_000_003 + Number(city.code));
  return {
    random,
    calendar: calendarOf(referenceDay),
    city,
    findSite: siteFinder(random, city, places),
    worstSeverity: worstOf(profile),
    rows,
  };
}

/** A city that is to have no major risk has none at any time. */
function worstOf({ severities, publicSeverities }: CityProfile): Level {
  return severities[0] + publicSeverities[0] > 0 ? 1 : 2;
}

function fillCity(
  context: DemoContext,
  profile: CityProfile,
  counters: Map<Industry, number>,
): void {
  const { random } = context;
  const plans = planSubjects(random, { ...profile, count: profile.enterprises });
  for (const plan of plans) {
    const industry = random.weighted(profile.industries);
    const number = (counters.get(industry) ?? 0) + 1;
    counters.set(industry, number);
    addEnterprise(context, { ...plan, industry, number });
  }
  const publicPlans = planSubjects(random, {
    ...profile,
    count: profile.publicPlaces,
    severities: profile.publicSeverities,
  });
  for (const [index, plan] of publicPlans.entries()) addPublicPlace(context, plan, index + 1);
}
