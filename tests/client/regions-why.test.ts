import { cautiousParts } from '#client/features/regions/cautious-parts.ts';

const none = { n1: 0, n2: 0, n3: 0, n4: 0, nNotAssessed: 0, nExpired: 0, nNotApplicable: 0 };
const subjects = { s1: 0, s2: 0, s3: 0, s4: 6, sU: 4, sExpired1: 0 };
const counts = { ...none, assessed: 6, total: 10, ...subjects };
const rollUp = {
  state: 'assessed' as const,
  level: 4 as const,
  rule: 'weighted' as const,
  ruleLabel: { zh: '加权法', en: 'weighted' },
  w: 1,
  wPlus: 2.3,
  wPlusLevel: 3 as const,
  pending: true,
  gate: null,
  floor: null,
};

describe('the derivation of W⁺', () => {
  it('adds to the sum of W what the subjects without an assessment in force are given', () => {
    // Six low: 6. One never assessed 5, two expired serious 5 each, one expired moderate 2: 17.
    expect(cautiousParts({ rollUp, counts })).toEqual({
      sum: 6,
      added: 17,
      count: 4,
      total: 10,
      mean: 2.3,
    });
  });

  it('starts from nothing where no subject is assessed', () => {
    const bare = { ...counts, s4: 0, sU: 2 };

    expect(cautiousParts({ rollUp: { ...rollUp, w: null, wPlus: 5 }, counts: bare })).toEqual({
      sum: 0,
      added: 10,
      count: 2,
      total: 2,
      mean: 5,
    });
  });

  it('is left out under a rule without a mean', () => {
    expect(cautiousParts({ rollUp: { ...rollUp, wPlus: null }, counts })).toBeNull();
  });
});
