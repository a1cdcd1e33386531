import { describe, expect, it } from 'vitest';
import { SecretMask, secretsOf } from './secret-mask.ts';

describe('SecretMask', () => {
  it('takes out every secret, the longer of two that begin alike', () => {
    const mask = new SecretMask(['abcdefgh', 'abcdefgh-long', 'x+y(z)*.?']);
    expect(mask.text('a abcdefgh b abcdefgh-long c x+y(z)*.? d')).toBe('a *** b *** c *** d');
  });

  it('leaves short values and texts without secrets alone', () => {
    expect(new SecretMask(['production'.slice(0, 7), '']).text('a product')).toBe('a product');
    expect(new SecretMask([]).stream().add('text')).toBe('text');
  });

  it('finds each line of a value of several lines, and the form in addresses', () => {
    const mask = new SecretMask(['-----BEGIN KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0B\n', 'p@ss/word']);
    expect(mask.text('key: MIIEvQIBADANBg\r\nkqhkiG9w0B')).toBe('key: ***\r\n***');
    expect(mask.text('https://user:p%40ss%2Fword@host')).toBe('https://user:***@host');
  });

  it('finds secrets wherever the pieces of a stream are cut', () => {
    const mask = new SecretMask(['aabaabaab', 'aabaabaabXY', 'zzaabaabaab-', 'hunter2hunter2']);
    const text = 'aabaab aabaabaab zzaabaabaabaab aabaabaabXY hunter2hunter2hunter2 zzaabaabaab-a hunter2h';
    const whole = mask.text(text);
    expect(whole).toBe('aabaab *** zz***aab *** ***hunter2 ***a hunter2h');
    for (let first = 0; first <= text.length; first++) {
      for (let second = first; second <= text.length; second += 3) {
        const stream = mask.stream();
        const pieces = [text.slice(0, first), text.slice(first, second), text.slice(second)];
        expect(pieces.map((piece) => stream.add(piece)).join('') + stream.rest()).toBe(whole);
      }
    }
  });

  it('holds nothing back that begins no secret', () => {
    const stream = new SecretMask(['hunter2hunter2']).stream();
    expect(stream.add('Overwrite? [y/N] ')).toBe('Overwrite? [y/N] ');
    expect(stream.add('hunt')).toBe('');
    expect(stream.add('ing')).toBe('hunting');
  });
});

it('knows the secrets of an environment by their names', () => {
  const environment = {
    GITHUB_TOKEN: 'one',
    API_KEY: 'two',
    aws_secret_access_key: 'three',
    DB_PASSWORD: 'four',
    KEYBOARD: 'no',
    HOME: '/home/me',
    DATABASE_URL: 'postgres://me:five@db/x',
    EMPTY: undefined,
  };
  expect(secretsOf(environment)).toEqual(['one', 'two', 'three', 'four', 'five']);
  expect(secretsOf({ PLAIN: 'value' }, () => true)).toEqual(['value']);
});
