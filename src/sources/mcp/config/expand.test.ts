import { expect, test } from 'vitest';
import { AppError } from '../../../base/errors.ts';
import { expandEntry } from './expand.ts';

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: what these tests are about
const env = { HOME: '/home/me', TOKEN: 's3cret', EMPTY: '' };

test('variables are replaced in every text, and nowhere else', () => {
  expect(
    expandEntry(
      {
        command: '${HOME}/bin/server',
        args: ['--at=${HOME}', '${NOT_SET:-here}', '${EMPTY}', '$HOME', '${not a name}'],
        cwd: '${HOME}',
        env: { KEY: '${TOKEN}' },
        meanwhile: { title: '${HOME}' },
      },
      env,
    ),
  ).toEqual({
    command: '/home/me/bin/server',
    args: ['--at=/home/me', 'here', '', '$HOME', '${not a name}'],
    cwd: '/home/me',
    env: { KEY: 's3cret' },
    meanwhile: { title: '${HOME}' },
  });
  expect(expandEntry({ url: 'http://x/${TOKEN}', headers: { A: 'Bearer ${TOKEN}' } }, env)).toEqual({
    url: 'http://x/s3cret',
    headers: { A: 'Bearer s3cret' },
  });
});

test('what a variable holds is not expanded again', () => {
  expect(expandEntry({ command: '${A}' }, { A: '${B}', B: 'x' }).command).toBe('${B}');
});

test.each([
  [{ command: '${MISSING}' }, 'command'],
  [{ command: 'x', args: ['a', '${MISSING}'] }, 'args[1]'],
  [{ command: 'x', env: { KEY: '${MISSING}' } }, 'env.KEY'],
  [{ url: 'x', headers: { Authorization: '${MISSING}' } }, 'headers.Authorization'],
])('a variable that is not set is named with its field: %j', (entry, field) => {
  const error = caught(() => expandEntry(entry, env));
  expect(error).toMatchObject({ code: 'config_invalid', fields: [{ field }] });
  expect(error.detail).toContain('MISSING');
});

test.each(['__proto__', 'constructor', 'toString'])('%s is no variable that is set', (name) => {
  expect(caught(() => expandEntry({ command: `\${${name}}` }, env)).code).toBe('config_invalid');
});
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above

function caught(run: () => unknown): AppError {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
