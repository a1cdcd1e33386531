import { expect, it } from 'vitest';
import { Mask, maskUrls } from './mask.ts';

it.each([
  ['https://me:pass@example.org/a', 'https://***@example.org/a'],
  ['https://ghp_token@example.org/a', 'https://***@example.org/a'],
  ["fatal: could not read 'http://a:b@h:81/x.git'", "fatal: could not read 'http://***@h:81/x.git'"],
  ['ssh://git@example.org/a', 'ssh://git@example.org/a'],
  ['ssh://git:pass@example.org/a', 'ssh://git:***@example.org/a'],
  ['git@example.org:a/b', 'git@example.org:a/b'],
  ['https://example.org/a?private_token=abc&x=1', 'https://example.org/a?private_token=***&x=1'],
  ['https://example.org/a@b', 'https://example.org/a@b'],
  ['two https://a:b@h/ and https://c:d@i/', 'two https://***@h/ and https://***@i/'],
])('%s is shown as %s', (text, shown) => {
  expect(maskUrls(text)).toBe(shown);
});

it('hides what it learned wherever it stands, also decoded', () => {
  const mask = new Mask();
  mask.learn('https://someone:s3cret%21word@example.org/a');
  expect(mask.hide('the password s3cret!word or s3cret%21word of someone')).toBe(
    'the password *** or *** of ***',
  );
});

it('does not hide words because a password is short', () => {
  const mask = new Mask();
  mask.learn('https://a:of@example.org/a');
  expect(mask.hide('one of two')).toBe('one of two');
});
