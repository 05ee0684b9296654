import fc from 'fast-check';
import { compileScope, isEverything } from '#server/domain/policy/row-scope.ts';
import type { CompiledPart, RowScope, ScopePart } from '#server/domain/policy/row-scope.ts';
import { part } from '#tests/support/scopes.ts';

const ENTERPRISES = ['e1', 'e2', 'e3'] as const;
const CODES = ['220100', '220101', '220200'] as const;
const UNITS = ['u1', 'u2'] as const;
const FIELDS = ['coal-mine', 'fireworks', 'metallurgy'] as const;

type Row = {
  readonly city: string;
  readonly region: string;
  readonly unit: string | null;
  readonly fields: readonly string[];
  readonly enterprise: string | null;
};

/** What a grant says, row by row. */
function has({ regions, jurisdictions, fields, enterprise }: ScopePart, row: Row): boolean {
  const isHere =
    regions === null ||
    regions.some((code) => code === row.city || code === row.region) ||
    jurisdictions.some((id) => id === row.unit);
  const isOfField = fields === null || fields.some((field) => row.fields.includes(field));
  return isHere && isOfField && (enterprise === null || enterprise === row.enterprise);
}

/** What the row policies do with a compiled part. */
function lets({ open, jurisdictions, fields, enterprises }: CompiledPart, row: Row): boolean {
  const isHere =
    open === null ||
    row.city in open ||
    row.region in open ||
    jurisdictions.includes(row.unit ?? '');
  const isOfField = fields === null || fields.some((field) => row.fields.includes(field));
  return (
    isHere && isOfField && (enterprises === null || enterprises.includes(row.enterprise ?? ''))
  );
}

const some = <T>(values: readonly T[], minLength: number) =>
  fc.array(fc.constantFrom(...values), { minLength, maxLength: 2 });
const limits: fc.Arbitrary<ScopePart> = fc.record({
  regions: fc.option(some(CODES, 0)),
  jurisdictions: some(UNITS, 0),
  fields: fc.option(some(FIELDS, 1)),
  enterprise: fc.option(fc.constantFrom(...ENTERPRISES)),
});
const rows: fc.Arbitrary<Row> = fc.record({
  city: fc.constantFrom('220100', '220200'),
  region: fc.constantFrom('220101', '220102', '220200'),
  unit: fc.option(fc.constantFrom(...UNITS)),
  fields: some(FIELDS, 0),
  enterprise: fc.option(fc.constantFrom(...ENTERPRISES)),
});

describe('a scope as the row policies read it', () => {
  it('has the rows of its parts, and no others', () => {
    fc.assert(
      fc.property(fc.array(limits, { maxLength: 6 }), rows, (scope: RowScope, row) => {
        const { all, open, parts } = compileScope(scope);
        const isSeen =
          all || row.city in open || row.region in open || parts.some((each) => lets(each, row));
        return isSeen === scope.some((each) => has(each, row));
      }),
      { numRuns: 5000 },
    );
  });

  it('is the same text in whatever order the parts come', () => {
    fc.assert(
      fc.property(fc.array(limits, { maxLength: 6 }), (scope) => {
        const text = JSON.stringify(compileScope(scope));
        return text === JSON.stringify(compileScope(scope.toReversed()));
      }),
    );
  });

  it.each<[string, RowScope]>([
    ['several enterprises', ENTERPRISES.map((enterprise) => part({ enterprise }))],
    ['several fields by grants of their own', FIELDS.map((field) => part({ fields: [field] }))],
    [
      'one field in several places',
      [
        part({ fields: ['fireworks'], regions: ['220100'] }),
        part({ fields: ['fireworks'], regions: [], jurisdictions: ['u1'] }),
      ],
    ],
    [
      'two roles in one place',
      [
        part({ fields: ['fireworks'], regions: ['220100'] }),
        part({ fields: ['fireworks'], regions: ['220100'] }),
      ],
    ],
  ])('is one part for %s', (_, scope) => {
    expect(compileScope(scope)).toMatchObject({ all: false, open: {}, parts: [{}] });
    expect(compileScope(scope).parts).toHaveLength(1);
  });

  it('has no part for what a region has that is seen whole', () => {
    const scope = [
      part({ regions: ['220100', '220101'] }),
      part({ regions: ['220101'], fields: ['coal-mine'] }),
    ];

    expect(compileScope(scope)).toEqual({ all: false, open: { 220100: 1, 220101: 1 }, parts: [] });
    expect(isEverything(scope)).toBe(false);
  });
});
