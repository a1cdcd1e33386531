import { runWrite, sampleEvent, sampleRun } from '../contract/sample-assignments.ts';
import { openSqliteStore } from './open-sqlite-store.ts';

/*
 * For a test: accepts events into the file named in the arguments, and prints the id of each that is on disk. A run
 * takes every second one, and is printed too once that is on disk.
 */

const store = await openSqliteStore({ file: process.argv[2]! });
for (let n = 0; ; n++) {
  const event = sampleEvent();
  const { inboxId } = await store.inbox.accept('asg_1', event);
  process.stdout.write(`${event.id}\n`);
  if (n % 2 === 0) continue;
  const run = sampleRun({ cause: { type: 'event', events: [event] } });
  await store.writer.commit([runWrite(run, { isNew: true, takes: [inboxId] })], 'durable');
  process.stdout.write(`${run.id}\n`);
}
