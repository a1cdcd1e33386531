import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveFolder } from '../../runtime/folders.ts';
import { refuseUnlisted } from './allow-list.ts';

describe('resolveFolder', () => {
  let base: string;
  beforeAll(() => {
    base = realpathSync(mkdtempSync(path.join(tmpdir(), 'command-folders-')));
    for (const name of ['a', 'a/inner', 'b', 'ab', 'outside']) mkdirSync(path.join(base, name));
    symlinkSync(path.join(base, 'outside'), path.join(base, 'a', 'link-out'));
    symlinkSync(path.join(base, 'b'), path.join(base, 'a', 'link-to-b'));
  });
  afterAll(() => rmSync(base, { recursive: true }));
  const resolve = (cwd: string | undefined) =>
    resolveFolder(cwd, [path.join(base, 'a'), path.join(base, 'b')]);

  it.each([
    [undefined, 'a'],
    ['inner', 'a/inner'],
    ['inner/../inner', 'a/inner'],
    ['../b', 'b'],
    ['link-to-b', 'b'],
    ['link-out/..', 'a'], // `..` is taken away first, and what was checked is where the command starts
  ])('allows %s', (cwd, expected) => {
    expect(resolve(cwd)).toEqual({ path: path.join(base, expected) });
  });

  it.each(['..', '../outside', '../ab', 'link-out', '/', '/etc'])('refuses %s', (cwd) => {
    expect(resolve(cwd)).toEqual({ refused: expect.stringMatching(/^cwd: .* is outside/) });
  });

  it('refuses what is no folder', () => {
    expect(resolve('nowhere')).toEqual({ refused: expect.stringContaining('there is no folder') });
  });

  it('refuses everything when no folder is configured', () => {
    expect(resolveFolder(undefined, [])).toEqual({
      refused: expect.stringContaining('No folder is configured'),
    });
    expect(resolveFolder('/', [])).toHaveProperty('refused');
  });
});

describe('refuseUnlisted', () => {
  const refusal = (command: string) => refuseUnlisted(command, ['ls', 'tar', 'grep', '/usr/bin/id']);

  it.each([
    'ls',
    '  ls -la  ',
    "tar -czf 'my $file.tgz' site",
    'ls "two words" *.txt',
    'ls | grep a && tar -tf x || ls ; ls',
    'ls;',
    "grep 'a;b|c&d>e' file",
    '/usr/bin/id -u',
    'ls a=b',
  ])('allows %s', (command) => {
    expect(refusal(command)).toBeUndefined();
  });

  it.each([
    'rm -rf x',
    'ls; rm x',
    'ls;rm x',
    'ls | sh',
    'ls && rm x',
    'ls || rm x',
    'ls |rm',
    'ls & rm x',
    'ls &',
    'ls |& rm',
    'ls `rm x`',
    'ls $(rm x)',
    'ls "$(rm x)"',
    'ls "`rm x`"',
    'ls $HOME',
    'ls > /etc/passwd',
    'ls < <(rm x)',
    'ls 2>&1',
    'ls\nrm x',
    'ls\rrm x',
    'PATH=/evil ls',
    './ls',
    '"ls"',
    'l"s"',
    '\\rm x',
    'ls \\; rm',
    "ls 'open",
    'ls "open',
    '(rm x)',
    '{ rm x; }',
    '! ls',
    'if ls; then rm x; fi',
    'eval ls',
    '. ./x',
    '$0',
    'ls ;; rm',
    '| ls',
    'ls |',
    'ls &&',
    '',
    '   ',
    ';',
    'l*',
    '~/ls',
    '{rm,x}',
  ])('refuses %j', (command) => {
    expect(refusal(command)).toMatch(/^command: /);
  });

  it('says which program', () => {
    expect(refusal('ls && rm x')).toBe('command: rm is not on the allow list (ls, tar, grep, /usr/bin/id)');
  });
});
