import { expect, test } from 'vitest';
import type { Question } from '../../../task/task.ts';
import { sampleTask } from '../test/sample-task.ts';
import { askQuestion } from './ask-question.ts';

/** A person who types these lines, then goes away. */
async function typing(question: Partial<Question>, lines: string[]) {
  let shown = '';
  const opened: string[] = [];
  const left = [...lines];
  const prompt = {
    ask: async (words: string) => {
      shown += words;
      const line = left.shift();
      shown += `${line ?? '^D'}\n`;
      return line;
    },
    say: (text: string) => {
      shown += `${text}\n`;
    },
    close() {},
  };
  const whole: Question = { key: 'q1', mode: 'form', message: 'What now?', askedAt: '', ...question };
  const answer = await askQuestion(sampleTask(), whole, {
    prompt,
    paint: (text) => text,
    open: async (link) => opened.push(link) > 0,
  });
  return { answer, shown, opened, left };
}

const form = (properties: object, required: string[] = []) => ({
  schema: { type: 'object', properties, required },
});

test('each field is asked, checked, and asked again', async () => {
  const { answer, shown, left } = await typing(
    form(
      {
        name: { type: 'string', title: 'Your name', description: 'As on the door' },
        count: { type: 'integer', minimum: 1, maximum: 5, default: 2 },
        colour: { enum: ['red', 'green'] },
        tags: { type: 'array', items: { enum: ['a', 'b', 'c'] }, minItems: 1 },
        sure: { type: 'boolean', default: true },
        note: { type: 'string' },
      },
      ['name', 'tags'],
    ),
    ['', 'Ann', '9', '', '2', '1,3', 'no', ''],
  );
  expect(answer).toEqual({
    key: 'q1',
    action: 'accept',
    content: { name: 'Ann', count: 2, colour: 'green', tags: ['a', 'c'], sure: false },
  });
  expect(left).toEqual([]);
  expect(shown).toBe(`? command asks: What now?
  Ctrl-D leaves it open, /decline says no, /put-away closes it without an answer.
  As on the door
  Your name: 
  Expected text.
  Your name: Ann
  count [2]: 9
  Expected a whole number from 1 to 5.
  count [2]: 
    1  red
    2  green
  colour (may be empty): 2
    1  a
    2  b
    3  c
  tags (several with commas): 1,3
  sure (yes/no) [yes]: no
  note (may be empty): 
`);
});

test.each([
  ['/decline', { key: 'q1', action: 'decline' }],
  ['/put-away', { key: 'q1', action: 'cancel' }],
])('%s ends the question', async (line, answer) => {
  const schema = form({ a: { type: 'string' }, b: { type: 'string' } });
  expect((await typing(schema, ['x', line])).answer).toEqual(answer);
  expect((await typing(form({}), [line])).answer).toEqual(answer);
  expect((await typing({ mode: 'url', url: 'https://example.org' }, [line])).answer).toEqual(answer);
});

test('who goes away leaves it open', async () => {
  expect((await typing(form({ a: { type: 'string' } }), [])).answer).toBeUndefined();
  expect((await typing(form({}), ['n'])).answer).toBeUndefined();
  expect((await typing(form({}), ['y'])).answer).toEqual({ key: 'q1', action: 'accept', content: {} });
});

test('choices that are numbers are not numbered', async () => {
  const { answer, shown } = await typing(form({ size: { enum: [3, 1] } }, ['size']), ['1']);
  expect(answer?.content).toEqual({ size: 1 });
  expect(shown).not.toContain('  1  3');
});

test('an address is shown with its host, opened only after a yes, and done when the person says so', async () => {
  const url = 'https://user@evil.example/a?b';
  const { answer, shown, opened } = await typing({ mode: 'url', url }, ['y', 'y']);
  expect(answer).toEqual({ key: 'q1', action: 'accept' });
  expect(opened).toEqual([url]);
  expect(shown).toMatch(
    /Host: {4}evil\.example\n {2}Address: https:\/\/user@evil\.example\/a\?b\n.*name before/,
  );
  expect((await typing({ mode: 'url', url }, ['', 'y'])).opened).toEqual([]);
  expect((await typing({ mode: 'url', url }, ['', ''])).answer).toBeUndefined();
});

test('no other kind of address is opened', async () => {
  const { shown, opened } = await typing({ mode: 'url', url: 'javascript:alert(1)' }, ['y', 'y']);
  expect(opened).toEqual([]);
  expect(shown).toContain('neither http nor https: javascript:alert(1)');
});

test('words of a server are text, also on a terminal', async () => {
  const { shown } = await typing(
    { message: 'one\u001b[2Jtwo\nthree', ...form({ a: { title: '\u001b]0;x\u0007A' } }) },
    [],
  );
  expect(shown).toContain('asks: onetwo three\n');
  expect(shown).not.toContain('\u001b');
});
