import { createLogger } from '../../src/base/log.ts';
import { startHost } from '../../src/host/start-host.ts';
import type { Message } from '../../src/store/records.ts';
import type { KillPoint } from './start-killed-host.ts';

/*
 * A whole host in a process of its own, which kills itself with SIGKILL at the point that it is told on its standard
 * input. The points are looked for in the commits, so that the product holds no switch for them.
 */

const [, , folder = ''] = process.argv;
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

const host = await startHost({
  folder,
  port: 0,
  hostname: '127.0.0.1',
  env: process.env,
  log: createLogger(process.env.MEANWHILE_LOG ?? 'silent'),
});
host.store.writer.onCommit((changes) => {
  if (changes.some((change) => change.type === 'message' && isAt(change.message)))
    process.kill(process.pid, 'SIGKILL');
});
process.stdin.setEncoding('utf8').on('data', (text) => {
  point = String(text).trim() as KillPoint;
  process.stdout.write('armed\n');
});
process.stdin.unref?.();
process.stdout.write(`${JSON.stringify({ url: host.url, token: host.token })}\n`);
process.on('SIGTERM', () => void host.close().then(() => process.exit(0)));
