import type { RegisterFaultKind } from '#server/domain/register-faults.ts';

/** One question to the register: which rows of one kind have one fault. */
export type FaultCheck = {
  readonly kind: RegisterFaultKind;
  readonly subject: 'enterprise' | 'risk_point';
  /** A condition over ps, rp, en (points) or ss, en (enterprises). */
  readonly where: string;
  /** Worst … mildest severity at which it can be: 1–4 the levels, 7 all. See `severityOf`. */
  readonly mildest: number;
};

const IS_LIVE = `en.lifecycle NOT IN ('planned', 'closed')`;

/** In the order of the list: by kind, the gravest first. */
export const FAULT_CHECKS: readonly FaultCheck[] = [
  {
    kind: 'major-held-low',
    subject: 'risk_point',
    where: `rp.control_level IN ('team', 'post')`,
    mildest: 1,
  },
  {
    kind: 'no-responsible',
    subject: 'risk_point',
    where: '(rp.department IS NULL OR rp.post IS NULL)',
    mildest: 2,
  },
  {
    kind: 'no-measures',
    subject: 'risk_point',
    where: `NOT EXISTS (SELECT 1 FROM control_measures cm
      WHERE cm.city_code = rp.city_code AND cm.risk_point_id = rp.id AND cm.deleted_at IS NULL)`,
    mildest: 2,
  },
  {
    kind: 'no-control-level',
    subject: 'risk_point',
    where: 'rp.control_level IS NULL',
    mildest: 4,
  },
  {
    kind: 'no-principal',
    subject: 'enterprise',
    where: `${IS_LIVE} AND en.principal_post IS NULL AND en.principal_name IS NULL`,
    mildest: 6,
  },
  {
    kind: 'points-of-closed-enterprise',
    subject: 'risk_point',
    where: `en.lifecycle IN ('planned', 'closed')`,
    mildest: 6,
  },
  {
    kind: 'outside-regions',
    subject: 'enterprise',
    where: `en.region_flag = 'outside'`,
    mildest: 7,
  },
  {
    kind: 'outside-regions',
    subject: 'risk_point',
    where: `rp.region_flag = 'outside'`,
    mildest: 7,
  },
  {
    kind: 'region-disagrees',
    subject: 'enterprise',
    where: `en.region_flag = 'disagrees'`,
    mildest: 7,
  },
  {
    kind: 'region-disagrees',
    subject: 'risk_point',
    where: `rp.region_flag = 'disagrees'`,
    mildest: 7,
  },
  {
    kind: 'uscc-missing',
    subject: 'enterprise',
    where: `${IS_LIVE} AND en.uscc IS NULL`,
    mildest: 6,
  },
  {
    kind: 'uscc-unverified',
    subject: 'enterprise',
    where: 'en.uscc IS NOT NULL AND en.uscc_reason IS NOT NULL',
    mildest: 7,
  },
];
