import { expect, it } from 'vitest';
import { ReadableLines } from './readable-lines.ts';

const event = (body: object) => `${JSON.stringify(body)}\n`;
const STREAM = [
  event({ type: 'system', subtype: 'init', tools: ['Edit'] }),
  event({
    type: 'assistant',
    message: {
      content: [
        { type: 'text', text: 'I edit it.' },
        { type: 'tool_use', name: 'Edit', input: { file_path: '/w/a.ts', old_string: 'x' } },
      ],
    },
  }),
  event({ type: 'user', message: { content: [{ type: 'tool_result', content: 'ok' }] } }),
  'a plain line\n',
  event({ type: 'other' }),
  event({ type: 'result', subtype: 'success', is_error: false, result: 'Edited.' }),
].join('');

it.each([1, 7, 100_000])('makes events readable and leaves the rest, in pieces of %s', (size) => {
  const lines = new ReadableLines();
  let [log, said, result] = ['', '', undefined as unknown];
  for (let at = 0; at < STREAM.length; at += size) {
    const read = lines.add(STREAM.slice(at, at + size));
    log += read.log;
    said += read.said;
    result = read.result ?? result;
  }
  expect(log).toBe('I edit it.\n[Edit] /w/a.ts\na plain line\n{"type":"other"}\n');
  expect(said).toBe('I edit it.\na plain line\n{"type":"other"}\n');
  expect(result).toEqual({ text: 'Edited.', isError: false });
});

it('holds back only what may become an event', () => {
  const lines = new ReadableLines();
  expect(lines.add('Overwrite? [y/N] ')).toEqual({ log: 'Overwrite? [y/N] ', said: 'Overwrite? [y/N] ' });
  expect(lines.add('{"type":"result"}\n').result).toBeUndefined(); // in the middle of a line
  expect(lines.add('{"type":"res').log).toBe('');
  expect(lines.rest()).toEqual({ log: '{"type":"res', said: '{"type":"res' });
});
