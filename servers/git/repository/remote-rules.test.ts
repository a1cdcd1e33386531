import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { judgeRemote } from './remote-rules.ts';

const base = realpathSync(mkdtempSync(join(tmpdir(), 'meanwhile-remotes-')));
const folder = join(base, 'in');
mkdirSync(folder);
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe('without a list', () => {
  const rules = { folders: [folder], remotes: [] };

  it.each([
    'https://example.org/a.git',
    'https://me:pass@example.org/a.git',
    'ssh://git@example.org/a',
    'git@example.org:team/a.git',
    'git://example.org/a',
  ])('%s is taken', (url) => {
    expect(judgeRemote(url, rules, folder)).toEqual({ url });
  });

  it('takes what lies in the folders', () => {
    const local = join(folder, 'a');
    expect(judgeRemote('a', rules, folder)).toEqual({ url: local, local });
    expect(judgeRemote(`file://${local}`, rules, folder)).toEqual({ url: `file://${local}`, local });
  });

  it.each([
    ['--upload-pack=touch /x', 'begins like an option'],
    ['ext::sh -c touch% /x', 'transport helper'],
    ['fd::17', 'transport helper'],
    ['ftp://example.org/a', 'ftp is not one of'],
    ['https://example.org/\na', 'control characters'],
    ['/etc', 'outside the configured folders'],
    ['file:///etc', 'outside the configured folders'],
    ['../outside', 'outside the configured folders'],
    ['file://elsewhere/etc', 'no file URL of this machine'],
  ])('%s is refused', (url, reason) => {
    expect(judgeRemote(url, rules, folder)).toEqual({ refused: expect.stringContaining(reason) });
  });
});

describe('with a list', () => {
  const rules = {
    folders: [folder],
    remotes: ['https://Example.org/team', 'git@example.org:team/', '/srv/git'],
  };

  it.each([
    'https://example.org/team/a.git',
    'https://me:pass@EXAMPLE.org/team/a',
    'https://example.org/team',
    'git@example.org:team/a',
    '/srv/git/a',
    'file:///srv/git/a',
  ])('%s is taken', (url) => {
    expect(judgeRemote(url, rules, folder)).toMatchObject({ url });
  });

  it.each([
    'https://example.org/team-of-others/a',
    'https://example.org/team/../others/a',
    'https://example.org/team/%2e%2e/others/a',
    'https://example.org.evil/team/a',
    'http://example.org/team/a',
    'git@example.org:others/a',
    '/srv/git-not/a',
  ])('%s is refused', (url) => {
    expect(judgeRemote(url, rules, folder)).toEqual({ refused: expect.stringContaining('not on the list') });
  });

  it('shows no password in a refusal', () => {
    const verdict = judgeRemote('https://me:secret-word@elsewhere.org/a', rules, folder);
    expect(JSON.stringify(verdict)).not.toContain('secret-word');
  });
});
