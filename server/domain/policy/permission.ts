/** What an operation needs; a role has some of them. */
export const PERMISSIONS = [
  'register.read',
  // What is told only to those who work on an enterprise: names of persons, further columns as they were given.
  'register.restricted',
  'register.write',
  'assessments.write',
  'imports.write',
  'exports.read',
  'accounts.manage',
  'audit.read',
] as const;

export type Permission = (typeof PERMISSIONS)[number];

/**
 * How far something may be told (domain rules, publication): to everyone, on a sheet the enterprise posts, to whoever
 * asks for it, inside the administration, or only to those who work on the enterprise in question.
 */
export const TIERS = ['public', 'on-site', 'on-request', 'internal', 'restricted'] as const;

export type Tier = (typeof TIERS)[number];

/** What an operation tells and whom it needs. `permission` null: of tier public everyone, else whoever is signed in. */
export type Access = {
  readonly tier: Tier;
  readonly permission: Permission | null;
  /** Whoever sends no credentials is answered too, with what is published. */
  readonly hasPublicView?: true;
};
