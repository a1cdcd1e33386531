import { expect, test } from 'vitest';
import { EMPTY_FORM, placeErrors, readServerForm } from './server-form.ts';

test('a program with its arguments and environment', () => {
  const form = { ...EMPTY_FORM, name: ' files ', commandLine: 'npx -y "a b"', env: 'A=1' };
  expect(readServerForm(form)).toEqual({
    body: { name: 'files', command: 'npx', args: ['-y', 'a b'], env: { A: '1' } },
  });
});

test('an address with headers', () => {
  const form = {
    ...EMPTY_FORM,
    kind: 'http' as const,
    name: 'x',
    url: 'http://a/mcp',
    headers: 'Authorization: Bearer t',
  };
  expect(readServerForm(form)).toEqual({
    body: { name: 'x', type: 'http', url: 'http://a/mcp', headers: { Authorization: 'Bearer t' } },
  });
});

test('what is missing is said at its field', () => {
  expect(readServerForm({ ...EMPTY_FORM, env: 'nonsense' })).toMatchObject({
    errors: {
      name: expect.any(String),
      commandLine: expect.any(String),
      env: 'Line 1 is not of the form NAME=value.',
    },
  });
  expect(readServerForm({ ...EMPTY_FORM, kind: 'http', name: 'x' })).toMatchObject({
    errors: { url: expect.any(String) },
  });
});

test('the errors of the API find their fields', () => {
  expect(
    placeErrors([
      { field: 'command', expected: 'a program' },
      { field: 'env.A', expected: 'text' },
      { field: 'meanwhile.title', expected: 'less' },
    ]),
  ).toEqual({
    commandLine: 'Expected a program',
    env: 'Expected text',
    rest: 'meanwhile.title: expected less',
  });
});
