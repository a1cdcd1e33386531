import { expect, test } from 'vitest';
import {
  assignmentWrite,
  runWrite,
  sampleAssignment,
  sampleRun,
} from '../store/contract/sample-assignments.ts';
import {
  messageWrite,
  sampleMessage,
  sampleServer,
  sampleSession,
  sampleTask,
  serverWrite,
  sessionWrite,
  taskWrite,
} from '../store/contract/sample-records.ts';
import type { Change, Write } from '../store/ports.ts';
import { changeKey, concerns } from './change-key.ts';

const numbered = (write: Write): Change => ({ ...write, seq: 1 }) as unknown as Change;
const ofSession = (id: string) => [
  numbered(sessionWrite(sampleSession({ id }))),
  numbered(taskWrite(sampleTask({ sessionId: id }))),
  numbered(messageWrite(sampleMessage({ sessionId: id }))),
  numbered(assignmentWrite(sampleAssignment({ sessionId: id }))),
];
const servers = numbered(serverWrite(sampleServer()));
const run = numbered(runWrite(sampleRun()));

test('a reader of one session is told of what is its, and of servers', () => {
  const mine = ofSession('sess_mine');
  const all = [...mine, ...ofSession('sess_other'), servers, run];
  expect(all.filter((change) => concerns(change, 'sess_mine'))).toEqual([...mine, servers]);
  expect(all.filter((change) => concerns(change, undefined))).toEqual(all);
});

test('two states of one thing have one key, and no two things share one', () => {
  const all = [...ofSession('sess_mine'), ...ofSession('sess_other'), servers, run];
  expect(new Set(all.map(changeKey)).size).toBe(all.length);
  expect(all.map((change) => changeKey({ ...change, seq: 2 }))).toEqual(all.map(changeKey));
});
