import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { resolveInside } from './folders.ts';

const base = realpathSync(mkdtempSync(join(tmpdir(), 'meanwhile-folders-')));
const [first, second] = [join(base, 'first'), join(base, 'second')];
mkdirSync(join(first, 'deep'), { recursive: true });
mkdirSync(second);
mkdirSync(join(base, 'outside'));
writeFileSync(join(first, 'file'), '');
symlinkSync(join(base, 'outside'), join(first, 'out'));
symlinkSync(join(base, 'nowhere'), join(first, 'dangling'));
symlinkSync(second, join(first, 'over'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe('resolveInside', () => {
  it.each([
    ['.', first, first],
    ['new/one', join(first, 'new/one'), first],
    ['deep/../new', join(first, 'new'), first],
    ['file', join(first, 'file'), first],
    [second, second, second],
    ['over/new', join(second, 'new'), second],
  ])('%s lies inside', (wanted, path, root) => {
    expect(resolveInside(wanted, [first, second])).toEqual({ path, root });
  });

  it.each([
    ['..', 'is outside the configured folders'],
    ['../first-not', 'is outside the configured folders'],
    ['out', 'is outside the configured folders'],
    ['out/new/one', 'is outside the configured folders'],
    ['/', 'is outside the configured folders'],
    ['dangling', 'leads nowhere'],
    ['dangling/new', 'leads nowhere'],
    ['file/new', 'leads nowhere'],
  ])('%s is refused', (wanted, reason) => {
    expect(resolveInside(wanted, [first, second])).toEqual({ refused: expect.stringContaining(reason) });
  });

  it('refuses everything while no folder is configured, and says the way out', () => {
    expect(resolveInside('.', [])).toEqual({ refused: expect.stringContaining('--folder DIR') });
  });
});
