import { isCommonPassword } from '#server/features/accounts/common-passwords.ts';

it.each(['qwertyuiop', 'QWERTYUIOP', 'manchester', 'playstation', 'liverpool1'])(
  '%s is one that many people had',
  (password) => {
    expect(isCommonPassword(password)).toBe(true);
  },
);

it.each(['松花江上的清晨 2026', 'quite-another-one-77', 'short', ''])('%s is none', (password) => {
  expect(isCommonPassword(password)).toBe(false);
});
