import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A repository with one commit in a folder of its own, and the state folder beside it. */
export interface Workspace {
  readonly folder: string;
  /** Parent of the workspace, which is no repository. */
  readonly parent: string;
  /** `XDG_STATE_HOME` for the servers of this test. */
  readonly state: string;
  read(name: string): string;
  write(name: string, text: string): void;
  git(...args: string[]): string;
  remove(): void;
}

export function makeWorkspace(): Workspace {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'meanwhile-agent-test-')));
  const folder = join(parent, 'work');
  mkdirSync(folder);
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@t', ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  git('init', '-q', '-b', 'main');
  write('old.txt', 'old\n');
  git('add', '.');
  git('commit', '-qm', 'First');
  return {
    ...{ folder, parent, git, write },
    state: join(parent, 'state'),
    read: (name) => readFileSync(join(folder, name), 'utf8'),
    remove: () => rmSync(parent, { recursive: true, force: true }),
  };
}

/** The command of the ACP agent for tests, as a value of `--agent`. */
export const acpAgent = (name: string, ...flags: string[]): string =>
  `${name}=acp:"${process.execPath}" "${join(import.meta.dirname, 'acp-agent.ts')}" ${flags.join(' ')}`;

/** An agent that is a few lines of shell, with the task as `$1`. */
export const shellAgent = (name: string, script: string): string =>
  `${name}=/bin/sh -c '${script.replaceAll("'", `'"'"'`)}' sh PROMPT`;
