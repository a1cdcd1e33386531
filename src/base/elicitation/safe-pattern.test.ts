import { describe, expect, test } from 'vitest';
import { fitsPattern, freedomOf, PATTERN_CHARS } from './safe-pattern.ts';

const BAD = `${'a'.repeat(200)}!`;

describe('a pattern that may run for long is left to the server', () => {
  test.each([
    ['(a+)+$'],
    ['^(a|a)*$'],
    ['^(a|a){60}$'],
    ['^((a*)*)*$'],
    ['(a?){60}$'],
    ['(?=a+)a+$'],
    ['^(a+)\\1$'],
    ['(?<name>a+)\\k<name>$'],
    ['a*a*a*a*a*$'],
    ['^(?:a{0,5}){1,50}$'],
    ['x'.repeat(PATTERN_CHARS + 1)],
    ['('],
    [')'],
    ['[a'],
    ['a{2,1}'],
  ])('%s', (pattern) => {
    const began = performance.now();
    expect(fitsPattern(pattern, BAD)).toBeUndefined();
    expect(performance.now() - began).toBeLessThan(500);
  });
});

describe('an ordinary one is used', () => {
  test.each([
    ['^[A-Z]{2}\\d{3}$', 'AB123', 'AB12'],
    ['^\\d{1,3}(\\.\\d{1,3}){3}$', '10.0.0.1', '10.0.0'],
    ['^[^@\\s]+@[^@\\s]+$', 'a@b', 'a b'],
    ['^(yes|no)$', 'yes', 'maybe'],
    ['^(?:v)?\\d+\\.\\d+(-[a-z]+)?$', 'v1.2-rc', 'v1'],
    ['^[\\]\\[a-z]*$', 'a]b', 'a(b'],
    ['\\p{Lu}', 'É', 'é'],
    ['^\\(\\d{3}\\)$', '(123)', '123'],
    ['a.*?z', 'a-z', 'z-a'],
  ])('%s', (pattern, good, bad) => {
    expect(fitsPattern(pattern, good)).toBe(true);
    expect(fitsPattern(pattern, bad)).toBe(false);
  });
});

test.each([
  ['abc', 0],
  ['a+b*', 2],
  ['(a+b?){3}', 6],
  ['[a+*]{2,4}', 1],
  ['(a|b)c', 1],
  ['(a|b)+', undefined],
])('the freedom of %s is %s', (pattern, freedom) => expect(freedomOf(pattern)).toBe(freedom));
