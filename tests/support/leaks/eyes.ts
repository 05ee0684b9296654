import { anyOf } from '#tests/support/seeded-random.ts';
import type { Random } from '#tests/support/seeded-random.ts';
import type { Belonging, World } from './world.ts';

/** Through whose eyes a caller looks: what X-View-As says, and which places it leaves. */
export type Eyes = {
  readonly header: string | null;
  readonly reach: (place: Belonging) => boolean;
};

export const OWN_EYES: Eyes = { header: null, reach: () => true };

const publicEyes: Eyes = { header: 'public', reach: () => false };

const regionEyes = (code: string): Eyes => ({
  header: `region:${code}`,
  reach: ({ path }) => path.includes(code),
});

const enterpriseEyes = (id: string): Eyes => ({
  header: `enterprise:${id}`,
  reach: ({ enterprise }) => enterprise === id,
});

/** Mostly his own. */
export function someEyes(random: Random, world: World): Eyes {
  const eyes = random.integer(12);
  if (eyes === 0) return publicEyes;
  if (eyes === 1) return regionEyes(anyOf(random, world.regions));
  const enterprises = world.rows.filter(({ kind }) => kind === 'enterprise');
  return eyes === 2 ? enterpriseEyes(anyOf(random, enterprises).id) : OWN_EYES;
}
