import { expect, test } from 'vitest';
import { maskArguments } from './mask-arguments.ts';

test('secrets are masked by the name of their field, however deep', () => {
  expect(
    maskArguments({
      url: 'x',
      apiKey: 'a',
      API_KEY: 'b',
      auth: { password: 'c', list: [{ token: ['d'] }] },
      secret: null,
    }),
  ).toEqual({
    url: 'x',
    apiKey: '•••',
    API_KEY: '•••',
    auth: { password: '•••', list: [{ token: '•••' }] },
    secret: null,
  });
});

test('secrets on a command line are masked by their option', () => {
  expect(maskArguments({ command: 'curl --token abc --password=def -v' })).toEqual({
    command: 'curl --token ••• --password=••• -v',
  });
});

test('what is sent is not touched', () => {
  const args = Object.freeze({ token: 'a', nested: Object.freeze({ secret: 'b' }) });
  maskArguments(args);
  expect(args).toEqual({ token: 'a', nested: { secret: 'b' } });
});

test('long texts are cut, and say how long they were', () => {
  const masked = maskArguments({ text: 'x'.repeat(5_000) }).text as string;
  expect(masked).toHaveLength(4_000 + '… (5000 characters)'.length);
});

test('what is kept stays small, whatever is sent', () => {
  const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`key${i}`, 'y'.repeat(1_000)]));
  expect(JSON.stringify(maskArguments(wide)).length).toBeLessThan(40_000);
  const nested = Array.from({ length: 100 }, () =>
    Array.from({ length: 100 }, () => Array.from({ length: 20 }, () => 'z')),
  );
  expect(JSON.stringify(maskArguments({ nested })).length).toBeLessThan(40_000);
  expect(JSON.stringify(maskArguments({ ['k'.repeat(500_000)]: 1 })).length).toBeLessThan(40_000);
});

test('10,000 levels are cut', () => {
  let deep: unknown = 'bottom';
  for (let level = 0; level < 10_000; level++) deep = { deep };
  expect(JSON.stringify(maskArguments({ deep })).length).toBeLessThan(200);
});

test('a key is never more than a key', () => {
  const masked = maskArguments(JSON.parse('{"__proto__": {"polluted": true}}'));
  expect(Object.keys(masked)).toEqual(['__proto__']);
  expect(Object.getPrototypeOf(masked)).toBe(Object.prototype);
});
