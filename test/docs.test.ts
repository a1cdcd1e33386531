import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { ERRORS } from '../src/base/errors.ts';
import { STATUSES } from '../src/task/status.ts';
import { FAILURE_REASONS } from '../src/task/task.ts';
import { ROOT } from './support/test-host.ts';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const words = (text: string) => [...text.matchAll(/^\| `(\w+)` \|/gm)].map(([, word]) => word ?? '');

test('the page of errors and the catalogue say the same', () => {
  const page = [...read('docs/errors.md').matchAll(/^\| `(\w+)` \| (\d+) \| (.+?) \|/gm)].map(
    ([, code, status, title]) => ({
      code,
      status: Number(status),
      title,
    }),
  );
  expect(page).toEqual(Object.entries(ERRORS).map(([code, error]) => ({ code, ...error })));
});

test('the glossary explains every status and every reason of failure', () => {
  expect(words(read('docs/glossary.md'))).toEqual([...STATUSES, ...FAILURE_REASONS]);
});

test('every link between the documents leads somewhere', () => {
  const pages = ['README.md', 'src/README.md', ...globSync('{docs,servers}/**/*.md', { cwd: ROOT })];
  const broken = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)]
      .map(([, target]) => target ?? '')
      .filter((target) => !existsSync(join(ROOT, dirname(page), target)))
      .map((target) => `${page}: ${target}`),
  );
  expect(pages.length).toBeGreaterThan(10);
  expect(broken).toEqual([]);
});
