import { expect, test } from 'vitest';
import type { ServerView } from '../store/records.ts';
import { callAt, workOf } from './slash-work.ts';

const view = (more: Partial<ServerView> = {}): ServerView => ({
  name: 'lab',
  seq: 1,
  enabled: true,
  transport: 'stdio',
  target: 'lab',
  state: 'ready',
  tools: [
    { name: 'run.it', inputSchema: { properties: { count: { type: 'integer' }, text: { type: 'string' } } } },
  ],
  ...more,
});
const read = (text: string, more?: Partial<ServerView>) =>
  workOf(text, (name) => (name === 'lab' ? view(more) : undefined));

test('a tool is used with its arguments read by its schema', () => {
  expect(read('/lab.run.it count=3 text="a b"')).toEqual({
    type: 'calls',
    calls: [{ server: 'lab', tool: 'run.it', arguments: { count: 3, text: 'a b' } }],
  });
});

test('what is filled in later is a text whatever the schema wants', () => {
  expect(read('/lab.run.it count={{event.size}} text=x')).toMatchObject({
    calls: [{ arguments: { count: '{{event.size}}', text: 'x' } }],
  });
});

test('anything else is a text', () => {
  expect(read(' call mum ')).toEqual({ type: 'text', text: 'call mum' });
  expect(read('look at /home/anna/notes.txt')).toEqual({
    type: 'text',
    text: 'look at /home/anna/notes.txt',
  });
});

test.each([
  ['', {}, 'invalid_command'],
  ['/nowhere.x', {}, 'server_not_found'],
  ['/lab.none', {}, 'tool_not_found'],
  ['/lab.run.it', { state: 'off', tools: [] }, 'server_off'],
  ['/lab.run.it', { state: 'failed', tools: [] }, 'server_unavailable'],
  ['/lab.run.it count=many', {}, 'invalid_arguments'],
] as const)('“%s” of %j is refused', (text, more, code) => {
  expect(() => read(text, more)).toThrow(expect.objectContaining({ code }));
});

test('a folder is no tool', () => {
  expect(callAt('every day at 9 /home/anna/notes.txt')).toBeUndefined();
  expect(callAt('every day at 9 /lab.run.it x=1')).toBe(15);
});
