import { expect, test } from 'vitest';
import { type CompletionSource, complete, typeWords } from './completion.ts';
import { tokenise } from './tokens.ts';

const source: CompletionSource = {
  tools: [
    {
      server: 'command',
      tool: {
        name: 'run',
        title: 'Run a command',
        inputSchema: {
          type: 'object',
          properties: {
            timeoutMs: { type: 'integer', description: 'Limit in milliseconds' },
            command: { type: 'string' },
            shell: { enum: ['sh', 'bash', 'git bash'] },
            quiet: { type: 'boolean' },
          },
          required: ['command'],
        },
      },
    },
    { server: 'git', tool: { name: 'clone', inputSchema: { type: 'object' } } },
  ],
  running: [{ id: 'task_7', title: 'Train tagger' }],
};
const at = (text: string, caret = text.length) => complete(text, caret, source);
const labels = (text: string) => at(text)?.items.map((item) => item.label);

test('only a command is completed', () => {
  expect(at('')).toBeUndefined();
  expect(at('see /help')).toBeUndefined();
});

test('the first word: commands and all tools; what begins so comes first', () => {
  expect(labels('/')).toEqual([
    '/help',
    '/tasks',
    '/cancel',
    '/remind',
    '/every',
    '/when',
    '/assignments',
    '/command.run',
    '/git.clone',
  ]);
  expect(labels('/c')).toEqual(['/cancel', '/command.run', '/git.clone']);
  expect(labels('/RUN')).toEqual(['/command.run']);
  expect(at('/comm')).toMatchObject({ from: 0, to: 5, items: [{ insert: '/command.run ' }] });
  expect(at('/help')).toBeUndefined();
  expect(at('/nothing')).toBeUndefined();
});

test('then the argument names, required first, used ones left out', () => {
  expect(labels('/command.run ')).toEqual(['command', 'timeoutMs', 'shell', 'quiet']);
  expect(at('/command.run ')?.items[0]).toMatchObject({
    required: true,
    detail: 'string',
    insert: 'command=',
  });
  expect(labels('/command.run command="ls -l" t')).toEqual(['timeoutMs']);
  expect(labels('/command.run command="ls -l" ')).toEqual(['timeoutMs', 'shell', 'quiet']);
  expect(labels('/git.clone ')).toBeUndefined();
});

test('the word under the caret is replaced, not what stands after it', () => {
  expect(at('/command.run ti quiet=true', 15)).toMatchObject({ from: 13, to: 15 });
});

test('values of enums and booleans are offered, with quotes where they are needed', () => {
  expect(labels('/command.run quiet=')).toEqual(['true', 'false']);
  expect(labels('/command.run shell=b')).toEqual(['bash']);
  expect(at('/command.run shell=g')?.items[0]?.insert).toBe('shell="git bash" ');
});

test('where there is nothing to choose, the argument is explained', () => {
  expect(at('/command.run timeoutMs=5')).toMatchObject({
    items: [],
    hint: { label: 'timeoutMs', detail: 'integer', description: 'Limit in milliseconds' },
  });
  expect(at('/command.run nonsense=5')).toBeUndefined();
  expect(at('/command.run command="ls ')).toMatchObject({ items: [], hint: { label: 'command' } });
});

test('arguments given as JSON are left alone', () => {
  expect(at('/command.run {"command": ')).toBeUndefined();
});

test('cancel offers what runs', () => {
  expect(at('/cancel tag')).toMatchObject({
    from: 8,
    to: 11,
    items: [{ insert: 'task_7', label: 'Train tagger' }],
  });
  expect(at('/cancel task_7')).toBeUndefined();
  expect(at('/cancel task_7 more')).toBeUndefined();
});

test('types in words', () => {
  expect(typeWords({ type: 'array', items: { type: 'string' } })).toBe('list of string');
  expect(typeWords({ anyOf: [{ type: 'string' }, { type: 'null' }] })).toBe('string or null');
  expect(typeWords({})).toBe('any value');
});

test('quotes hold blanks together, and a backslash keeps a quote', () => {
  expect(tokenise('a "b c" d=\'e f\' g="h \\"i\\""').map((token) => token.text)).toEqual([
    'a',
    'b c',
    'd=e f',
    'g=h "i"',
  ]);
  expect(tokenise('  ')).toEqual([]);
});

test('what is done later: how it is said, then tools and their arguments', () => {
  expect(at('/remind ')).toMatchObject({ items: [], hint: { label: '/remind WHEN TEXT' } });
  expect(labels('/every day at 9 /comm')).toEqual(['/command.run']);
  expect(at('/every day at 9 /comm')).toMatchObject({
    from: 16,
    to: 21,
    items: [{ insert: '/command.run ' }],
  });
  expect(labels('/every day at 9 /command.run q')).toEqual(['quiet']);
  expect(labels('/when ')).toEqual(['task failed', 'task ended', 'hook']);
  expect(labels('/when task failed /git')).toEqual(['/git.clone']);
});
