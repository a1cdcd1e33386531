import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { type RecordedWork, recordedWork } from '../../runtime/test/recorded-work.ts';
import type { AnyTool, Outcome } from '../../runtime/tool.ts';
import type { Answer, Question } from '../../runtime/work.ts';
import type { GitSettings } from '../options.ts';
import { gitServer } from '../server.ts';

// biome-ignore lint/suspicious/noExplicitAny: the data of whichever tool
export type Result = Outcome<any>;

/** A folder with a home of its own, in which real repositories are made. */
export interface Sandbox {
  /** The one configured folder. */
  readonly folder: string;
  /** Runs git and answers with its stdout, trimmed. */
  git(cwd: string, ...args: string[]): string;
  write(file: string, text: string | Buffer): void;
  /** A repository with one commit, in the folder. @returns its path */
  repository(name: string, files?: Readonly<Record<string, string | Buffer>>): string;
  /** A bare one, cloned from that. */
  bare(name: string, from: string): string;
  /** Calls a tool of a server with these settings, with the schemas in between as a client has them. */
  call(tool: string, args: object, options?: CallOptions): Promise<Result>;
  tool(name: string, settings?: Partial<GitSettings>): AnyTool;
}

export interface CallOptions {
  readonly work?: RecordedWork;
  readonly settings?: Partial<GitSettings>;
}

const ENVIRONMENT = ['HOME', 'GIT_CONFIG_NOSYSTEM', 'XDG_CONFIG_HOME'] as const;

/** @param atEnd when its folder is removed */
export function sandbox(atEnd: (task: () => void) => void = onTestFinished): Sandbox {
  const base = realpathSync(mkdtempSync(path.join(tmpdir(), 'meanwhile-git-test-')));
  const before = ENVIRONMENT.map((name) => [name, process.env[name]] as const);
  atEnd(() => {
    // Tests of other files run in the same process: what they start must not write into a home that is gone.
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    rmSync(base, { recursive: true, force: true });
  });
  const folder = path.join(base, 'work');
  mkdirSync(folder);
  // Nothing of the machine's own settings: the tools read the same home.
  writeFileSync(
    path.join(base, '.gitconfig'),
    '[user]\n\tname = Test\n\temail = test@example.org\n[init]\n\tdefaultBranch = main\n',
  );
  Object.assign(process.env, { HOME: base, GIT_CONFIG_NOSYSTEM: '1', XDG_CONFIG_HOME: base });
  const git = (cwd: string, ...args: string[]): string =>
    execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  const write = (file: string, text: string | Buffer) => {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  const usual: GitSettings = { folder: [folder], remote: [], 'grace-ms': 2_000, 'stall-ms': 20_000 };
  const servers = new Map<string, ReturnType<typeof gitServer>>();
  const tool = (name: string, settings: Partial<GitSettings> = {}): AnyTool => {
    const key = JSON.stringify(settings);
    if (!servers.has(key)) servers.set(key, gitServer({ ...usual, ...settings }));
    const found = servers.get(key)!.tools.find((each) => each.name === name);
    if (found === undefined) throw new Error(`no tool ${name}`);
    return found;
  };
  return {
    folder,
    git,
    write,
    repository(name, files = { 'a.txt': 'one\n' }) {
      const place = path.join(folder, name);
      mkdirSync(place, { recursive: true });
      git(place, 'init', '-q');
      for (const [file, text] of Object.entries(files)) write(path.join(place, file), text);
      git(place, 'add', '-A');
      git(place, 'commit', '-q', '-m', 'first');
      return place;
    },
    bare(name, from) {
      const place = path.join(folder, name);
      git(folder, 'clone', '-q', '--bare', from, place);
      return place;
    },
    tool,
    async call(name, args, { work = recordedWork(), settings } = {}) {
      const which = tool(name, settings);
      const outcome: Result = await which.run(which.input.parse(args), work);
      which.output.parse(outcome.data);
      return outcome;
    },
  };
}

/** Files that do not compress, so that a transfer has something to do. */
export function noise(files: number, bytesEach: number): Record<string, Buffer> {
  return Object.fromEntries(
    Array.from({ length: files }, (_each, at) => [`noise/${at}.bin`, randomBytes(bytesEach)]),
  );
}

export const answering = (answer: (key: string, question: Question) => Answer): RecordedWork =>
  recordedWork(async (key, question) => answer(key, question));
