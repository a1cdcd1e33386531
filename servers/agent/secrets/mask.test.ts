import { expect, it } from 'vitest';
import { maskAll, maskOf } from './mask.ts';

const mask = maskOf({
  MY_API_KEY: 'sk-1.2+3(4',
  github_token: 'abcdefghij',
  LONGER_SECRET: 'abcdefghij-and-more',
  DB_PASSWORD: 'short',
  HOME: '/home/somebody',
  EMPTY_TOKEN: undefined,
});

it('takes out the values of variables that are named like secrets', () => {
  expect(mask('a sk-1.2+3(4 b abcdefghij-and-more c abcdefghij /home/somebody short')).toBe(
    'a *** b *** c *** /home/somebody short',
  );
});

it('goes through data', () => {
  expect(maskAll({ a: ['abcdefghij', 3], b: { c: 'x abcdefghij' }, d: null }, mask)).toEqual({
    a: ['***', 3],
    b: { c: 'x ***' },
    d: null,
  });
});

it('leaves everything when there is nothing secret', () => {
  expect(maskOf({ HOME: '/home/somebody' })('/home/somebody')).toBe('/home/somebody');
});
