import { isGuessable } from '#server/domain/policy/guessable.ts';
import { passwordFault } from '#server/domain/policy/password-rule.ts';

describe('a password that is made of what is tried first', () => {
  it.each([
    ['a word and figures', 'password123'],
    ['written with signs for letters', 'P@ssw0rd2024'],
    ['a word, a sign and a run', 'admin@123456'],
    ['a run of keys', 'qwertyuiop'],
    ['two runs of keys', 'qwerty12345'],
    ['keys in slants', '1qaz2wsx3edc'],
    ['keys in turns', '1q2w3e4r5t'],
    ['a run and a letter', 'a123456789'],
    ['backwards', '0987654321a'],
    ['pinyin and figures of luck', 'woaini1314520'],
    ['the service and a year', 'fengxian2026!'],
    ['a place and a date', 'jilin20260615'],
    ['its office', 'yingjiju12350'],
    ['words only', 'WelcomeAdministrator'],
    ['something again and again', 'abcdabcdabcd'],
  ])('%s is refused', (_, password) => {
    expect(isGuessable(password)).toBe(true);
    expect(passwordFault(password, 'somebody')).toMatchObject({
      zh: expect.any(String),
      en: expect.any(String),
    });
  });

  it.each([
    '松花江上的清晨 2026',
    'correct horse battery staple',
    'Xk3#pq9!mz',
    'quite-another-one-77',
    'hao ji le de yu tian',
    'Feng-7-Ma-Lu-Kou',
  ])('%s is taken', (password) => {
    expect(passwordFault(password, 'somebody')).toBeNull();
  });

  it('is found at once, however long it is', () => {
    const begun = performance.now();
    isGuessable('qwx1'.repeat(50));
    isGuessable('a'.repeat(200));

    expect(performance.now() - begun).toBeLessThan(500);
  });
});

it('a password with few different signs, a run, or the name of the account in it is refused', () => {
  expect(passwordFault('ababababab', 'somebody')?.en).toMatch(/6 different/);
  expect(passwordFault('Somebody-is-here-again', 'somebody')?.en).toMatch(/name of the account/);
  expect(passwordFault('abcdefghijkl', 'somebody')?.en).toMatch(/a run of/);
});
