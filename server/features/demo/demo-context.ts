import type { Level } from '#server/domain/level.ts';
import type { Calendar } from './calendar.ts';
import type { DemoCity } from './demo-input.ts';
import type {
  DemoAssessment,
  DemoEnterprise,
  DemoHazardSource,
  DemoMeasure,
  DemoRiskPoint,
} from './demo-rows.ts';
import type { Random } from './random.ts';
import type { SiteFinder } from './sites.ts';

/** What the makers of one city share. */
export type DemoContext = {
  readonly random: Random;
  readonly calendar: Calendar;
  readonly city: DemoCity;
  readonly findSite: SiteFinder;
  /** The worst severity that may occur in the city at any time. */
  readonly worstSeverity: Level;
  /** Where the makers put their rows. */
  readonly rows: DemoRowsInProgress;
};

export type DemoRowsInProgress = {
  readonly enterprises: DemoEnterprise[];
  readonly riskPoints: DemoRiskPoint[];
  readonly hazardSources: DemoHazardSource[];
  readonly measures: DemoMeasure[];
  readonly assessments: DemoAssessment[];
};
