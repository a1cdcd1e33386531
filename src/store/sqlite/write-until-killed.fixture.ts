import { messageWrite, sampleMessage } from '../contract/sample-records.ts';
import { openSqliteStore } from './open-sqlite-store.ts';

/* For a test: writes messages to the file named in the arguments, and prints the id of each that is on disk. */

const store = await openSqliteStore({ file: process.argv[2]! });
for (;;) {
  const message = sampleMessage();
  await store.writer.commit([messageWrite(message)], 'durable');
  process.stdout.write(`${message.id}\n`);
}
