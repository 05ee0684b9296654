import { ROLE_IDS } from '#server/domain/policy/role.ts';
import type { TestGrant } from '#tests/support/callers.ts';
import { anyOf } from '#tests/support/seeded-random.ts';
import type { Random } from '#tests/support/seeded-random.ts';
import type { World } from './world.ts';

/** A caller: one role or some, each limited at random. */
export function aCaller(random: Random, world: World): readonly TestGrant[] {
  const placed = ROLE_IDS.filter((role) => role !== 'auditor');
  const enterprises = world.rows.filter(
    ({ kind, isDeleted }) => kind === 'enterprise' && !isDeleted,
  );
  const one = (): TestGrant => {
    const limits = random.integer(6);
    const enterprise = enterprises[random.integer(enterprises.length)];
    return {
      role: placed[random.integer(placed.length)] ?? 'viewer',
      ...((limits === 0 || limits === 4) && { regions: [anyOf(random, world.regions)] }),
      ...(limits === 1 && { jurisdictions: [world.jurisdiction] }),
      ...((limits === 2 || limits === 4) && { fields: [anyOf(random, world.fields)] }),
      ...(limits === 3 && enterprise && { enterpriseId: enterprise.id }),
      ...(limits === 5 && { regions: [anyOf(random, world.regions.slice(2))] }),
    };
  };
  const grants = anyOf(random, [1, 1, 1, 1, 2, 2, 3, 5]);
  return Array.from({ length: grants }, one);
}
