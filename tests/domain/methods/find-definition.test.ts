import { findDefinition } from '#server/domain/methods/find-definition.ts';
import { versionOf } from '#server/domain/methods/method.ts';
import type { MethodDefinition } from '#server/domain/methods/method.ts';
import { shipped, shippedDefinitions } from './definitions.ts';

const first = { ...shipped('lec', 'national'), validTo: '2026-01-01' };
const second: MethodDefinition = {
  ...shipped('lec', 'national'),
  revision: 2,
  validFrom: '2026-01-01',
};
const overlapping: MethodDefinition = { ...second, revision: 3, validFrom: '2027-01-01' };
const all = [
  first,
  second,
  overlapping,
  ...shippedDefinitions.filter((d) => d.variant !== 'national'),
];

function found(method: string, version: string | undefined, onDay: string): string | null {
  const definition = findDefinition(all, { method, version, onDay });
  return definition && versionOf(definition);
}

describe('finding the version of a method', () => {
  it.each([
    ['lec', undefined, '2025-12-31', 'national@1'],
    ['lec', undefined, '2026-01-01', 'national@2'],
    ['lec', undefined, '2027-01-01', 'national@3'],
    ['lec', 'national', '2025-12-31', 'national@1'],
    ['lec', 'national@1', '2026-06-01', 'national@1'],
    ['lec', 'mwr-2018', '2026-06-01', 'mwr-2018@1'],
    ['ls', undefined, '2026-06-01', '5x5@1'],
    ['ls', '4x4', '2026-06-01', '4x4@1'],
  ])('%s %s on %s is %s', (method, version, onDay, expected) => {
    expect(found(method, version, onDay)).toBe(expected);
  });

  it.each([
    ['lec', undefined, '2016-10-08'],
    ['lec', 'mwr-2018', '2018-01-01'],
    ['lec', 'national@4', '2026-06-01'],
    ['lec', 'national@0', '2026-06-01'],
    ['lec', 'No Such!', '2026-06-01'],
    ['mes', undefined, '2026-06-01'],
  ])('%s %s on %s is none', (method, version, onDay) => {
    expect(found(method, version, onDay)).toBeNull();
  });
});
