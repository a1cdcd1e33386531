import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordedWork } from '../../runtime/test/recorded-work.ts';
import { answering, sandbox } from '../test/sandbox.ts';
import { readPrompt } from './prompt.ts';

const HOST_KEY =
  "The authenticity of host 'example.test (192.0.2.1)' can't be established.\nED25519 key fingerprint is SHA256:abc.\nAre you sure you want to continue connecting (yes/no/[fingerprint])? ";

it.each([
  [HOST_KEY, 'host-key'],
  ["Please type 'yes', 'no' or the fingerprint: ", 'host-key'],
  ["Username for 'http://127.0.0.1:1': ", 'user-name'],
  ["Password for 'http://me@127.0.0.1:1': ", 'password'],
  ["me@example.test's password: ", 'password'],
  ["Enter passphrase for key '/home/me/.ssh/id_ed25519': ", 'passphrase'],
  ['Verification code: ', 'unknown'],
])('%s', (text, kind) => {
  expect(readPrompt(text)).toMatchObject({ kind });
});

/**
 * git over ssh, where in place of ssh stands a script that asks as ssh does, through SSH_ASKPASS, and then runs on this
 * machine what it was to run on the other.
 */
function overSsh(prompt: string, wanted: string) {
  const box = sandbox();
  const bare = box.bare('it.git', box.repository('source'));
  const ssh = path.join(box.folder, 'ssh');
  const asking = [
    '#!/bin/sh',
    `said=$("$SSH_ASKPASS" "${prompt.replaceAll('"', '\\"')}") || { echo "Permission denied." >&2; exit 255; }`,
    `[ "$said" = "${wanted}" ] || { echo "Host key verification failed." >&2; exit 255; }`,
    'for command; do :; done',
    'exec sh -c "$command"',
  ];
  writeFileSync(ssh, asking.join('\n'), { mode: 0o755 });
  box.git(box.folder, 'config', '--global', 'core.sshCommand', ssh);
  return { box, url: `ssh://example.test${bare}` };
}

describe('over ssh', () => {
  it('asks a person whether the host is trusted, and goes on', async () => {
    const { box, url } = overSsh(HOST_KEY, 'yes');
    const work = answering(() => ({ action: 'accept', content: { trust: true } }));
    const outcome = await box.call('clone', { url, destination: 'mine' }, { work });
    expect(outcome).toMatchObject({ isError: false, data: { verified: true } });
    expect(work.asked).toMatchObject([{ key: 'host-key-1', question: { message: HOST_KEY.trim() } }]);
  });

  it('does not go on when the person says no', async () => {
    const { box, url } = overSsh(HOST_KEY, 'yes');
    const work = answering(() => ({ action: 'decline' }));
    const outcome = await box.call('clone', { url, destination: 'mine' }, { work });
    expect(outcome.text).toContain('Host key verification failed.');
    expect(outcome.data.failure).toMatchObject({ reason: 'git_failed' });
  });

  it('names the question when nobody can be asked', async () => {
    const { box, url } = overSsh(HOST_KEY, 'yes');
    const outcome = await box.call('clone', { url, destination: 'mine' });
    expect(outcome.data.failure).toMatchObject({ reason: 'unanswered_prompt', askedFor: [HOST_KEY.trim()] });
    expect(outcome.text).toContain('known_hosts');
  });

  it('never asks for a passphrase, but names it', async () => {
    const prompt = "Enter passphrase for key '/x': ";
    const { box, url } = overSsh(prompt, 'secret');
    const work = answering(() => ({ action: 'accept', content: { trust: true } }));
    const outcome = await box.call('clone', { url, destination: 'mine' }, { work });
    expect(outcome.data.failure).toMatchObject({ reason: 'unanswered_prompt', askedFor: [prompt.trim()] });
    expect(outcome.text).toContain('ssh-add');
    expect(work.asked).toEqual([]);
  });

  it('is not stalled while a person thinks, and stops when the work is stopped', async () => {
    const { box, url } = overSsh(HOST_KEY, 'yes');
    let ask = () => {};
    const isAsked = new Promise<void>((resolve) => {
      ask = resolve;
    });
    const work = recordedWork(async () => {
      ask();
      return new Promise(() => {});
    });
    const settings = { 'stall-ms': 300 };
    const cloning = box.call('clone', { url, destination: 'mine' }, { work, settings });
    await isAsked;
    expect(
      await Promise.race([cloning, new Promise((resolve) => setTimeout(resolve, 900, 'still asking'))]),
    ).toBe('still asking');
    work.stop();
    expect((await cloning).stop).toMatchObject({ stopped: true, left: 0 });
  });
});
