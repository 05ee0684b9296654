import type { TestGrant } from '#tests/support/callers.ts';
import type { Agent } from '#tests/support/test-app.ts';
import { covers, isSeen } from './world.ts';
import type { World } from './world.ts';

export type Leak = {
  readonly grants: readonly TestGrant[];
  readonly request: string;
  readonly what: string;
};

/** What is counted has to be what is seen: points and votes of the province. */
export async function countLeaks(
  agent: Agent,
  world: World,
  grants: readonly TestGrant[],
): Promise<readonly Leak[]> {
  if (grants.length === 0) return [];
  const request = 'get /api/v1/regions/990000/summary';
  const { body } = await agent.get('/api/v1/regions/990000/summary').expect(200);
  const points = world.rows.filter(
    (row) => row.kind === 'risk-point' && isSeen(row, grants),
  ).length;
  const votes = world.rows.filter(
    ({ kind, belongs, isDeleted }) =>
      !isDeleted &&
      (kind === 'enterprise' || (kind === 'risk-point' && belongs.enterprise === null)) &&
      grants.some((grant) => covers(grant, belongs)),
  ).length;
  const told = body as Record<string, number>;
  const voted = ['s1', 's2', 's3', 's4', 'sU'].reduce((sum, key) => sum + (told[key] ?? 0), 0);
  const leaks: Leak[] = [];
  if (told['total'] !== points) {
    leaks.push({ grants, request, what: `total ${told['total']}, but ${points} are seen` });
  }
  if (voted !== votes)
    leaks.push({ grants, request, what: `${voted} votes, but ${votes} are seen` });
  return leaks;
}
