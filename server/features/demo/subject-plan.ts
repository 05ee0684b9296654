import type { Level } from '#server/domain/level.ts';
import { LEVELS } from '#server/domain/level.ts';
import type { SeverityShares } from './city-profiles.ts';
import { isLiveStory, STORY_SHARES } from './life-story.ts';
import type { Story } from './life-story.ts';
import type { Random } from './random.ts';

/** current: assessed and in force; lapsed: every assessment is over 12 months old. */
export type Standing = 'current' | 'lapsed' | 'never';

/** What a voting subject (an enterprise or a public place) is meant to be on the reference day. */
export type SubjectPlan = {
  readonly story: Story;
  readonly standing: Standing;
  readonly severity: Level;
};

export type SubjectMix = {
  readonly count: number;
  readonly severities: SeverityShares;
  readonly neverShare: number;
  readonly lapsedShare: number;
};

/**
 * Plans by exact quotas instead of dice, so that a city keeps its character for every seed: first
 * the life stories, then the standing of the live ones, then the severity of the assessed ones.
 */
export function planSubjects(random: Random, mix: SubjectMix): readonly SubjectPlan[] {
  const stories = dealt(random, mix.count, STORY_SHARES);
  const live = stories.filter(isLiveStory).length;
  const standings = dealt<Standing>(random, live, [
    ['never', mix.neverShare],
    ['lapsed', mix.lapsedShare],
    ['current', 1 - mix.neverShare - mix.lapsedShare],
  ]);
  const shares = LEVELS.map((level, index) => [level, mix.severities[index] ?? 0] as const);
  const assessed = standings.filter((standing) => standing === 'current').length;
  const severities = [...dealt(random, assessed, shares)];
  const left = [...standings];
  return stories.map((story) => {
    const isLive = isLiveStory(story);
    const standing = isLive ? (left.pop() ?? 'never') : closedOrNever(story);
    const dealtSeverity = isLive && standing === 'current' ? severities.pop() : undefined;
    return { story, standing, severity: dealtSeverity ?? random.weighted(shares) };
  });
}

/** A closed site was assessed while it ran; a planned one never was. */
const closedOrNever = (story: Story): Standing => (story === 'closed' ? 'current' : 'never');

/** `count` items in proportion to their shares (largest remainder), in random order. */
function dealt<T>(
  random: Random,
  count: number,
  shares: readonly (readonly [T, number])[],
): readonly T[] {
  const exact = shares.map(([item, share]) => ({ item, quota: share * count }));
  const whole = exact.flatMap(({ item, quota }) =>
    Array.from({ length: Math.floor(quota) }, () => item),
  );
  const rest = exact
    .toSorted((a, b) => (b.quota % 1) - (a.quota % 1))
    .map(({ item }) => item)
    .slice(0, count - whole.length);
  return random.shuffled([...whole, ...rest]);
}
