import { cutOffBy } from '../../api/contract/fates.ts';
import type { HostState, StopPlan } from '../../api/contract/types.ts';
import { ask } from '../client/ask.ts';
import { findHost, type Host } from '../client/find-host.ts';
import { followHost } from '../client/follow-host.ts';
import { EXIT } from '../exit-status.ts';
import { stopPlanLines } from '../render/stop-plan-lines.ts';
import type { Shell } from '../terminal/shell.ts';
import { writeLines } from '../terminal/write-text.ts';

const PATH = '/api/host/stop';

export interface StopOptions {
  readonly wait?: boolean;
  readonly now?: boolean;
  readonly keepRunning?: boolean;
}

/**
 * Stops the host. Work that this would cut off is named first: a person at a terminal is asked, a script says
 * beforehand what it wants.
 */
export async function stop(shell: Shell, options: StopOptions): Promise<number> {
  const host = await findHost(shell.env);
  if (options.keepRunning) {
    await ask<HostState>(host, PATH, { method: 'DELETE' });
    shell.stdout.write('It keeps running.\n');
    return EXIT.ok;
  }
  const how = options.now ? 'now' : options.wait ? 'wait' : await decide(shell, host);
  if (how === 'keep') {
    shell.stdout.write('It keeps running.\n');
    return EXIT.interrupted;
  }
  if (how === undefined) return EXIT.usage;
  return carryOut(shell, host, how === 'wait');
}

/** @returns undefined where nobody can be asked and work would be cut off */
async function decide(shell: Shell, host: Host): Promise<'wait' | 'now' | 'keep' | undefined> {
  const { body: plan } = await ask<StopPlan>(host, PATH);
  if (cutOffBy(plan) === 0) return 'now';
  writeLines(shell.stderr, stopPlanLines(plan));
  if (shell.prompt === undefined) {
    shell.stderr.write('meanwhile: Say --wait to stop when this has ended, or --now to cut it off.\n');
    return undefined;
  }
  const prompt = shell.prompt();
  try {
    const answer = await prompt.ask('[w]ait for what would be cut off, stop [n]ow, or [k]eep running? [k] ');
    const word = answer?.trim().toLowerCase() ?? '';
    if (['w', 'wait'].includes(word)) return 'wait';
    return ['n', 'now'].includes(word) ? 'now' : 'keep';
  } finally {
    prompt.close();
  }
}

async function carryOut(shell: Shell, host: Host, wait: boolean): Promise<number> {
  const leaving = new AbortController();
  const undo = shell.onInterrupt(() => leaving.abort());
  let shown = 0;
  const seen = ({ state, waitsFor }: HostState) => {
    if (state === 'waiting' && waitsFor > 0 && waitsFor !== shown)
      shell.stderr.write(`Waiting for ${waitsFor} to end …\n`);
    shown = waitsFor;
  };
  try {
    await ask<StopPlan>(host, PATH, { method: 'POST', body: { wait }, signal: leaving.signal });
    const outcome = await followHost(host, wait, seen, leaving.signal);
    if (outcome === 'kept') {
      shell.stderr.write('Somebody took it back: it keeps running.\n');
      return EXIT.failed;
    }
  } catch (error) {
    if (!leaving.signal.aborted) throw error;
    if (wait)
      shell.stderr.write('\nIt still stops by itself. `meanwhile stop --keep-running` takes that back.\n');
    return EXIT.interrupted;
  } finally {
    undo();
  }
  shell.stdout.write('Stopped.\n');
  return EXIT.ok;
}
