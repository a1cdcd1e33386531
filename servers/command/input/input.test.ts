import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordedWork } from '../../runtime/test/recorded-work.ts';
import type { Answer } from '../../runtime/work.ts';
import { runCommand } from '../run-command.ts';
import { RUN_INPUT } from '../run-input.ts';
import { settingsForTest } from '../test/settings-for-test.ts';
import { asksForSecret, looksLikePrompt } from './prompts.ts';
import { waitsForInput } from './waiting.ts';

let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'meanwhile-input-')));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a command whose questions are answered with these, one after the other. */
async function run(args: object, answers?: readonly Answer[], input: 'ask' | 'refuse' = 'ask') {
  const left = [...(answers ?? [])];
  const work = recordedWork(answers && (async () => left.shift()!));
  const settings = settingsForTest({ folders: [folder], input });
  return { ...(await runCommand(RUN_INPUT.parse(args), folder, settings, work)), work };
}
const line = (input: string): Answer => ({ action: 'accept', content: { input } });
const END: Answer = { action: 'accept', content: { end: true } };

const ASKS =
  'printf "Overwrite? [y/N] "; read answer; echo "got $answer"; printf "Sure? "; read sure; echo "and $sure"';

describe.runIf(process.platform === 'linux').concurrent('a command that reads', () => {
  it.each([false, true])('is noticed, asked about and answered (terminal: %s)', async (terminal) => {
    const { data, isError, work } = await run({ command: ASKS, input: 'ask', terminal }, [
      line('y'),
      line('no'),
    ]);
    expect(isError).toBe(false);
    expect(data).toMatchObject({ exitStatus: 0, waitedFor: 'Sure?', answered: 2 });
    expect(data.output).toContain('got y\n');
    expect(data.output.endsWith('and no\n')).toBe(true);
    expect(work.asked.map(({ question }) => question.message)).toEqual([
      'The command waits for input at: Overwrite? [y/N]',
      'The command waits for input at: Sure?',
    ]);
    expect(work.told.map(({ message }) => message)).toContain('Waits for input: Overwrite? [y/N]');
  });

  it.each([false, true])('to the end of its input gets that end (terminal: %s)', async (terminal) => {
    const { data, work } = await run({ command: 'cat; echo over', input: 'ask', terminal }, [
      line('one'),
      END,
    ]);
    expect(work.asked[0]!.question.message).toBe('The command waits for input.');
    expect(data).toMatchObject({ exitStatus: 0, answered: 2 });
    expect(data.output).toMatch(/one\n(?:one\n)?over\n$/);
  });

  it.each([
    ['nobody can be asked', undefined, 'ask', 'and nobody can be asked through this client'],
    ['the server refuses', [], 'refuse', 'and this server is set to refuse that'],
    ['the person declines', [{ action: 'decline' }], 'ask', 'and the question was not answered'],
  ] as const)('is ended and named when %s', async (_why, answers, mode, why) => {
    const { text, data, isError } = await run({ command: ASKS, input: 'ask' }, answers, mode);
    expect(text).toMatch(`It waits for input at: "Overwrite? [y/N]", ${why}. Ended after`);
    expect(text).toContain('nothing of it is left');
    expect({ isError, waitedFor: data.waitedFor, left: data.left }).toEqual({
      isError: true,
      waitedFor: 'Overwrite? [y/N]',
      left: 0,
    });
  });

  it('is not asked about on a terminal without input', async () => {
    const { text } = await run({ command: ASKS, terminal: true, input: 'none' }, [line('y')]);
    expect(text).toMatch(/^It waits for input at: "Overwrite\? \[y\/N\]", and this server is set to refuse/);
  });

  it.each([
    ['by its words', { command: 'printf "Password for me: "; read x', input: 'ask' }],
    ['by its hidden input', { command: 'printf "Say it: "; stty -echo; read x', terminal: true }],
    [
      'in a tool that opens the terminal',
      { command: 'printf "PIN: " >/dev/tty; read x </dev/tty', terminal: true },
    ],
  ])('a secret is refused, known %s', async (_how, args) => {
    const { text, work } = await run(args, [line('hunter2')]);
    expect(text).toMatch(
      /^It waits for input at: "(?:Password for me|Say it|PIN):", which asks for a secret, and/,
    );
    expect(work.asked).toEqual([]);
  });

  it('only further down a pipe is not meant', async () => {
    const { data, work } = await run({ command: 'sleep 1.2 | cat; echo over', input: 'ask' }, []);
    expect(data).toMatchObject({ exitStatus: 0, waitedFor: null, answered: 0, output: 'over\n' });
    expect(work.asked).toEqual([]);
  });

  it('goes on without an answer when it does not need one any more', async () => {
    const work = recordedWork(() => new Promise<never>(() => {}));
    const settings = settingsForTest({ folders: [folder] });
    const command = 'printf "Name? "; timeout 1.5 cat; echo without';
    const { data } = await runCommand(RUN_INPUT.parse({ command, input: 'ask' }), folder, settings, work);
    expect(data).toMatchObject({ exitStatus: 0, waitedFor: 'Name?', answered: 0 });
    expect(data.output).toContain('without');
  });
});

it('with empty input, as is the default, ends at once instead of waiting', async () => {
  const { data } = await run({ command: ASKS });
  expect(data).toMatchObject({ exitStatus: 0, waitedFor: null, answered: 0 });
});

describe('prompts', () => {
  it.each([
    'Overwrite? [y/N] ',
    'Proceed (y/n)?',
    'Do you want to continue? [Y/n] ',
    'Are you sure you want to continue connecting (yes/no/[fingerprint])? ',
    'Password: ',
    "Enter passphrase for key '/home/me/.ssh/id_ed25519': ",
    '>>> ',
    '? ',
    'Your name: ',
  ])('%j is one', (text) => expect(looksLikePrompt(text)).toBe(true));

  it.each([
    '',
    'Downloading 45%',
    'Building [====>      ] 3/7',
    'Compiling a/b/c.ts ... ',
    'Fetching: ',
    '/home/me/a/b',
    'is it? no.',
    '[1/7] Linking',
  ])('%j is none', (text) => expect(looksLikePrompt(text)).toBe(false));

  it.each([
    ['Password: ', true],
    ["Enter passphrase for key '/x': ", true],
    ['Enter PIN for token: ', true],
    ['Verification code: ', true],
    ['Overwrite? ', false],
    ['Shipping: ', false],
  ])('%j asks for a secret: %s', (text, expected) => expect(asksForSecret(text)).toBe(expected));
});

describe('waiting', () => {
  it.each([
    [{ silentMs: 100, line: 'Sure? ', isReading: true }, false],
    [{ silentMs: 400, line: '', isReading: true }, true],
    [{ silentMs: 400, line: 'Sure? ', isReading: false }, false],
    [{ silentMs: 9_000, line: 'Linking ', isReading: undefined }, false],
    [{ silentMs: 2_000, line: 'Sure? ', isReading: undefined }, true],
    [{ silentMs: 2_000, line: 'Sure? ', isReading: false }, true],
  ])('%j: %s', (sight, expected) => expect(waitsForInput(sight)).toBe(expected));
});
