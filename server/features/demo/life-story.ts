import type { Lifecycle } from '#server/domain/lifecycle.ts';
import type { Random } from './random.ts';

/** How a site went through the year before the reference day. */
export type Story =
  | 'steady'
  | 'resumed'
  | 'built'
  | 'building'
  | 'suspended'
  | 'long_suspended'
  | 'planned'
  | 'closed';

export const STORY_SHARES: readonly (readonly [Story, number])[] = [
  ['steady', 0.73],
  ['resumed', 0.04],
  ['built', 0.04],
  ['building', 0.04],
  ['suspended', 0.05],
  ['long_suspended', 0.03],
  ['planned', 0.03],
  ['closed', 0.04],
];

/** The site is planned or closed on the reference day. */
export const isLiveStory = (story: Story): boolean => story !== 'planned' && story !== 'closed';

export type Change = { readonly daysAgo: number; readonly lifecycle: Lifecycle };

/** Days ago at which the oldest rows entered the register: about 14 months. */
const REGISTER_OPENED = 430;

type Step = readonly [lifecycle: Lifecycle, earliest: number, latest: number];

/** First the state at entry, then each change with the range of days ago it falls in. */
const STEPS: Readonly<Record<Story, readonly [Lifecycle, ...Step[]]>> = {
  steady: ['running'],
  resumed: ['running', ['suspended', 300, 220], ['running', 180, 90]],
  built: ['planned', ['building', 400, 340], ['running', 250, 190]],
  building: ['planned', ['building', 320, 200]],
  suspended: ['running', ['suspended', 240, 20]],
  long_suspended: ['running', ['suspended', 400, 330], ['long_suspended', 200, 40]],
  planned: ['planned'],
  closed: ['running', ['closed', 330, 15]],
};

/** Oldest first; the first one is the entry into the register. */
export function tellStory(random: Random, story: Story): readonly Change[] {
  const [entry, ...steps] = STEPS[story];
  return [
    { daysAgo: REGISTER_OPENED + random.whole(0, 15), lifecycle: entry },
    ...steps.map(([lifecycle, earliest, latest]) => ({
      lifecycle,
      daysAgo: random.whole(latest, earliest),
    })),
  ];
}
