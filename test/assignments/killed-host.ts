import { writeFileSync } from 'node:fs';
import { StatementSync } from 'node:sqlite';
import pg from 'pg';
import type { Run } from '../../src/assignment/run.ts';
import { StdioGroupTransport } from '../../src/sources/mcp/transport/stdio-group-transport.ts';
import type { Change } from '../../src/store/ports.ts';
import { runHostToKill } from '../support/host-to-kill.ts';
import type { KillPoint } from './start-killed-host.ts';

/* A host that kills itself with SIGKILL at a point: see `runHostToKill`. */

let point: KillPoint = 'never';

/** Where several hosts are told to die at one point, only the first that comes there does: it leaves this mark. */
let mark = '';

function die(): void {
  if (mark !== '')
    try {
      writeFileSync(mark, '', { flag: 'wx' });
    } catch {
      return;
    }
  process.kill(process.pid, 'SIGKILL');
}

/** Looked at before a statement is executed. */
function isBefore(sql: string, text: string): boolean {
  const isRun = /insert into "runs"/i.test(sql);
  switch (point) {
    case 'before the run is kept':
      return isRun && text.includes('"state":"waiting"');
    case 'before the end of its call is kept':
      return /insert into "messages"/i.test(sql) && text.includes('"state":"completed"');
    case 'before the end of the run is kept':
      return isRun && text.includes('"state":"completed","attempt"');
    case 'before its second step is kept':
      return isRun && text.includes('"state":"completed","callId"');
    default:
      return false;
  }
}

/** Looked at when a commit is on disk, before anybody else hears of it. */
function isCommitted(change: Change): boolean {
  if (change.type === 'message')
    return (
      point === 'when the end of its call is kept' &&
      change.message.parts.some((part) => part.type === 'call' && part.state === 'completed')
    );
  if (change.type !== 'run') return false;
  const { state, steps }: Run = change.run;
  switch (point) {
    case 'when the run is kept':
      return state === 'waiting';
    case 'when it has begun':
      return state === 'running' && steps[0]?.state === 'sent';
    case 'when the end of the run is kept':
      return state === 'completed';
    default:
      return false;
  }
}

const all = StatementSync.prototype.all;
StatementSync.prototype.all = function (this: StatementSync, ...values: unknown[]) {
  if (isBefore(this.sourceSQL, values.map(String).join('\n'))) die();
  return Reflect.apply(all, this, values);
} as typeof all;

const query = pg.Client.prototype.query as (...given: unknown[]) => unknown;
pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
  const [asked] = given as [{ text?: string; values?: unknown[] } | string];
  if (typeof asked === 'object' && isBefore(asked.text ?? '', (asked.values ?? []).map(String).join('\n')))
    die();
  return Reflect.apply(query, this, given);
} as never;

const send = StdioGroupTransport.prototype.send;
StdioGroupTransport.prototype.send = function (message, options) {
  if (point === 'before its call is sent' && 'method' in message && message.method === 'tools/call') die();
  return send.call(this, message, options);
};

const host = await runHostToKill((name, left) => {
  [point, mark] = [name as KillPoint, left];
});
host.store.writer.onCommit((changes) => {
  if (changes.some(isCommitted)) die();
});
