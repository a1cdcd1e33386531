import type { Message } from '../../src/store/records.ts';
import { runHostToKill } from '../support/host-to-kill.ts';
import type { KillPoint } from './start-killed-host.ts';

/* A host that kills itself with SIGKILL at a point: see `runHostToKill`. */

let point: KillPoint = 'never';

/** Looked at when a commit is on disk. */
function isAt({ turn, parts, taskId }: Message): boolean {
  switch (point) {
    case 'when a use is about to be sent':
      return parts.some((part) => part.type === 'use' && part.state === 'running');
    case 'when a call is recorded':
      return parts.some((part) => part.type === 'call' && part.state === 'open');
    case 'when an end is delivered':
      return taskId !== undefined;
    case 'when the turn that follows an end has begun':
      return turn?.cause === 'task_ended' && turn.state === 'running';
    case 'when the turn that follows an end is over':
      return turn?.cause === 'task_ended' && turn.state === 'done';
    case 'when a follow-up is said':
      return parts.some((part) => part.type === 'notice' && part.code === 'follow_up');
    default:
      return false;
  }
}

const host = await runHostToKill((name) => {
  point = name as KillPoint;
});
host.store.writer.onCommit((changes) => {
  if (changes.some((change) => change.type === 'message' && isAt(change.message)))
    process.kill(process.pid, 'SIGKILL');
});
