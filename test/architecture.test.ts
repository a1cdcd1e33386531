import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importsOf, judgeImport, readImportTable } from './support/import-rules.ts';
import { ROOT } from './support/test-host.ts';

/** Tests, and the places and samples that only tests use. */
const isTest = (path: string) =>
  /\.(test|contract)\.tsx?$|\/test\/|^(src\/)?store\/contract\/|\.fixture\.ts$/.test(path);

const files = ['src', 'servers', 'process-tree'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1)),
);
const table = readImportTable(readFileSync(join(ROOT, 'src/README.md'), 'utf8'));
const product = files.filter((file) => !isTest(file));
const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8');

describe('who may import whom', () => {
  test('the table of src/README.md has every folder', () => {
    const folders = ['base', 'task', 'store', 'tracker', 'live', 'chat', 'sources', 'views/api', 'host'];
    expect([...table.keys()]).toEqual(expect.arrayContaining(folders));
    expect(table.get('tracker')).toContain('store/ports');
    expect(table.get('host')).toBe('everything');
  });

  test('every import keeps to it', () => {
    const imports = product.flatMap((file) => importsOf(file, textOf(file)));
    expect(imports.length).toBeGreaterThan(100); // an empty list would keep to every rule
    expect(imports.filter(({ how }) => how === 'dynamic').length).toBeGreaterThan(0);
    expect(imports.flatMap((each) => judgeImport(table, each) ?? [])).toEqual([]);
  });

  test('the product imports no test', () => {
    const wrong = product.flatMap((file) =>
      importsOf(file, textOf(file)).filter(({ to }) => isTest(to) || to.startsWith('test/')),
    );
    expect(wrong).toEqual([]);
  });

  test.each([
    ['src/tracker/x.ts', "import { a } from '../views/api/app.ts';", 'tracker may import base, task,'],
    ['src/tracker/x.ts', "import type { Store } from '../store/create-store.ts';", 'store/ports'],
    ['src/task/x.ts', "import { newId } from '../base/ids.ts';", 'nothing of ours'],
    ['src/base/x.ts', "export { a } from '../task/task.ts';", 'nothing of ours'],
    ['src/base/x.ts', "import '../task/task.ts';", 'nothing of ours'],
    [
      'src/views/api/x.ts',
      "import {\n  a,\n  b,\n} from '../../tracker/tracker.ts';",
      'views/api may import',
    ],
    ['src/sources/mcp/x.ts', "await import('../assignments/due.ts')", 'one source never imports another'],
    ['src/sources/source.ts', "import './mcp/hub.ts';", 'one source never imports another'],
    ['src/live/x.ts', "import { startHost } from '../host/start-host.ts';", 'nobody imports host'],
    ['src/views/cli/commands/start.ts', "import { a } from '../../../host/main.ts';", 'nobody imports host'],
    [
      'servers/git/x.ts',
      "import { a } from '../../src/base/clock.ts';",
      'servers/git may import process-tree, servers/runtime',
    ],
    ['servers/git/x.ts', "import { a } from '../command/result.ts';", 'servers/git may import'],
    ['src/new-folder/x.ts', "import { a } from '../base/clock.ts';", 'in no folder of the table'],
  ])('the checker refuses in %s: %s', (file, text, reason) => {
    const reasons = importsOf(file, text).map((each) => judgeImport(table, each));
    expect(reasons).toEqual([expect.stringContaining(reason)]);
  });

  test.each([
    ['src/tracker/x.ts', "import type { Store } from '../store/ports.ts';"],
    ['src/sources/mcp/x.ts', "import { a } from '../source.ts';\nimport { b } from './hub.ts';"],
    ['src/views/cli/commands/start.ts', "await import('../../../host/main.ts')"],
    ['src/host/x.ts', "import { a } from '../tracker/tracker.ts';"],
  ])('the checker allows in %s: %s', (file, text) => {
    const found = importsOf(file, text);
    expect(found.length).toBeGreaterThan(0);
    expect(found.flatMap((each) => judgeImport(table, each) ?? [])).toEqual([]);
  });
});

test('no file or folder is named for no idea', () => {
  expect(files.filter((file) => /(^|[/.-])(utils?|helpers?|manager)([/.-]|$)/i.test(file))).toEqual([]);
});

test('files stay small', () => {
  const lengths = product
    .map((file) => ({ file, lines: textOf(file).split('\n').length - 1 }))
    .sort((a, b) => a.lines - b.lines);
  const median = lengths[Math.floor(lengths.length / 2)]!;
  const longest = lengths.slice(-3).map(({ file, lines }) => `${file} ${lines}`);
  console.info(`${lengths.length} files, median ${median.lines} lines; longest: ${longest.join(', ')}`);
  expect(median.lines).toBeLessThan(80);
});
