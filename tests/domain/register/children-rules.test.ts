import { parentFaults, sourceFaults } from '#server/domain/register/children-rules.ts';

const ID = '018f0000-0000-7000-8000-000000000001';

describe('what hangs on a risk point', () => {
  it('needs one that is in the register', () => {
    expect(parentFaults(ID, true)).toEqual([]);
    expect(parentFaults(undefined, false)).toEqual([]);
    expect(parentFaults(ID, false)).toMatchObject([{ pointer: '/riskPointId' }]);
  });

  it('names a hazard source of the same point, or none', () => {
    expect(sourceFaults(ID, true)).toEqual([]);
    expect(sourceFaults(null, false)).toEqual([]);
    expect(sourceFaults(undefined, false)).toEqual([]);
    expect(sourceFaults(ID, false)).toMatchObject([{ pointer: '/hazardSourceId' }]);
  });
});
