import { expect, test } from 'vitest';
import { serverEntry } from './server-entry.ts';

const none = { env: [], header: [] };

test('a command is split into words, its environment into pairs', () => {
  expect(serverEntry('git', { ...none, command: "npx -y 'my server'", env: ['A=1=2', 'B='] })).toEqual({
    name: 'git',
    command: 'npx',
    args: ['-y', 'my server'],
    env: { A: '1=2', B: '' },
  });
});

test('an address with headers', () => {
  const header = ['Authorization: Bearer a:b'];
  expect(serverEntry('far', { ...none, url: 'https://example.org/mcp', header })).toEqual({
    name: 'far',
    type: 'http',
    url: 'https://example.org/mcp',
    headers: { Authorization: 'Bearer a:b' },
  });
});

test.each([
  [{ ...none }, 'either'],
  [{ ...none, command: 'a', url: 'b' }, 'either'],
  [{ ...none, command: ' ' }, 'empty'],
  [{ ...none, command: 'a', env: ['A'] }, '--env takes NAME=VALUE'],
  [{ ...none, command: 'a', header: ['A:b'] }, '--header goes with --url'],
  [{ ...none, url: 'a', env: ['A=b'] }, '--env goes with --command'],
])('%j is refused', (options, words) => expect(() => serverEntry('x', options)).toThrow(words));
