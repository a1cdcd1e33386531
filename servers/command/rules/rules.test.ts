import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveFolder } from '../../runtime/folders.ts';
import { refuseVariables, withheld } from './environment.ts';
import { refuseByLists } from './program-lists.ts';

describe('resolveFolder', () => {
  let base: string;
  beforeAll(() => {
    base = realpathSync(mkdtempSync(path.join(tmpdir(), 'meanwhile-folders-')));
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

describe('the allow list', () => {
  const refusal = (command: string) =>
    refuseByLists(command, { allow: ['ls', 'tar', 'grep', '/usr/bin/id'], deny: [] });

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

describe('the deny list', () => {
  const refusal = (command: string) => refuseByLists(command, { allow: [], deny: ['rm', '/sbin/reboot'] });

  it.each(['ls -la', 'echo "rm it"', 'rmdir x', 'ls | grep a && tar -tf x'])('allows %s', (command) => {
    expect(refusal(command)).toBeUndefined();
  });

  it.each([
    ['rm x', 'command: rm is on the deny list (rm, /sbin/reboot)'],
    ['ls; /bin/rm x', 'command: rm is on the deny list (rm, /sbin/reboot)'],
    ['env rm x', 'command: rm is on the deny list (rm, /sbin/reboot)'],
    ['find . -exec "rm" {} +', 'command: rm is on the deny list (rm, /sbin/reboot)'],
    ['reboot', 'command: reboot is on the deny list (rm, /sbin/reboot)'],
    [
      'eval "r""m" x',
      'command: eval is not possible while a deny list is active, because it runs what stands behind it',
    ],
    ['ls $(rm x)', 'command: $ is not possible while a deny list is active'],
    ['ls > x', 'command: > is not possible while a deny list is active'],
  ])('refuses %s', (command, expected) => {
    expect(refusal(command)).toBe(expected);
  });

  it('is stronger than the allow list', () => {
    const lists = { allow: ['ls', 'rm'], deny: ['rm'] };
    expect(refuseByLists('ls', lists)).toBeUndefined();
    expect(refuseByLists('rm x', lists)).toBe('command: rm is on the deny list (rm)');
    expect(refuseByLists('tar x', lists)).toBe('command: tar is not on the allow list (ls, rm)');
  });
});

describe('variables', () => {
  const none = { allow: [], deny: [] };
  const listed = { allow: ['ls'], deny: [] };

  it('may be anything while nothing is listed', () => {
    expect(refuseVariables(['PATH', 'A'], { keep: [], allow: [] }, none)).toBeUndefined();
  });

  it('may only change the language while programs are listed', () => {
    const rules = { keep: [], allow: [] };
    expect(refuseVariables(['LANG', 'LC_ALL', 'TZ'], rules, listed)).toBeUndefined();
    for (const name of ['PATH', 'LD_PRELOAD', 'NODE_OPTIONS', 'GIT_SSH_COMMAND', 'TAR_OPTIONS', 'BASH_ENV']) {
      expect(refuseVariables([name], rules, listed)).toMatch(
        `env: ${name} may not be set while a list of programs`,
      );
      expect(refuseVariables([name], rules, { allow: [], deny: ['rm'] })).toMatch(/^env: /);
    }
  });

  it('are those that were named, with a list and without', () => {
    const rules = { keep: [], allow: ['STAGE', 'APP_*'] };
    for (const lists of [none, listed]) {
      expect(refuseVariables(['STAGE', 'APP_MODE'], rules, lists)).toBeUndefined();
      expect(refuseVariables(['LANG'], rules, lists)).toBe('env: LANG may not be set (may be: STAGE, APP_*)');
    }
  });

  it('of the server are kept from commands, but for those that were named and those that all need', () => {
    const environment = {
      PATH: '/bin',
      LC_ALL: 'C',
      HOME: '/',
      GITHUB_TOKEN: 'x',
      AWS_KEY: 'y',
      AWS_REGION: 'z',
    };
    expect(withheld(environment, { keep: [], allow: [] })).toEqual({});
    const kept = withheld(environment, { keep: ['AWS_*'], allow: [] });
    expect(kept).toEqual({ GITHUB_TOKEN: undefined });
    expect('GITHUB_TOKEN' in kept).toBe(true);
  });
});
