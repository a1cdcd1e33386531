import { newId } from '../../base/ids.ts';
import type { Task } from '../../task/task.ts';
import type { Unnumbered, Write } from '../ports.ts';
import type { Message, ServerView, Session } from '../records.ts';

/* Records for the tests of the store; nothing else uses them. */

const AT = '2026-01-02T03:04:05.678Z';

export const sampleTask = (more: Partial<Unnumbered<Task>> = {}): Unnumbered<Task> => ({
  id: newId('task'),
  title: 'Back up the photos',
  source: { type: 'mcp', server: 'files', tool: 'backup', args: { from: '/photos' } },
  status: 'working',
  cancel: { support: 'request' },
  createdAt: AT,
  startedAt: AT,
  aliveAt: AT,
  delivery: { state: 'none' },
  ...more,
});

/** The same task at its end, `durationMs` after its start. */
export const endedTask = (
  task: Unnumbered<Task>,
  status: Task['status'] = 'completed',
  durationMs = 1_000,
): Unnumbered<Task> => ({
  ...task,
  status,
  endedAt: new Date(Date.parse(task.startedAt) + durationMs).toISOString(),
  delivery: { state: 'pending' },
});

export const sampleMessage = (more: Partial<Unnumbered<Message>> = {}): Unnumbered<Message> => ({
  id: newId('msg'),
  sessionId: 'sess_1',
  role: 'user',
  parts: [{ type: 'text', text: 'Please back up the photos.' }],
  createdAt: AT,
  ...more,
});

export const sampleSession = (more: Partial<Unnumbered<Session>> = {}): Unnumbered<Session> => ({
  id: newId('sess'),
  title: 'Photos',
  kind: 'chat',
  createdAt: AT,
  updatedAt: AT,
  ...more,
});

export const sampleServer = (more: Partial<Unnumbered<ServerView>> = {}): Unnumbered<ServerView> => ({
  name: 'files',
  enabled: true,
  transport: 'stdio',
  target: 'node files.js',
  state: 'ready',
  tools: [{ name: 'backup', inputSchema: { type: 'object' } }],
  ...more,
});

export const taskWrite = (task: Unnumbered<Task>, content?: string): Write =>
  content === undefined ? { type: 'task', task } : { type: 'task', task, content };
export const messageWrite = (message: Unnumbered<Message>): Write => ({ type: 'message', message });
export const sessionWrite = (session: Unnumbered<Session>): Write => ({ type: 'session', session });
export const serverWrite = (server: Unnumbered<ServerView>): Write => ({ type: 'server', server });
