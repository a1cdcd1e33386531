import { expect, test } from 'vitest';
import { type ElicitResult, openQuestions } from './questions.ts';

const form = (schema: unknown) => ({ message: 'How many?', requestedSchema: schema });
const SCHEMA = { type: 'object', properties: {} };

function asking() {
  const asked: string[] = [];
  const lines: string[] = [];
  const sent: ElicitResult[] = [];
  const questions = openQuestions({
    asked: async ({ key }) => void asked.push(key),
    answered() {},
    withdrawn() {},
    log: (written) => void lines.push(...written.map(({ text }) => text)),
  });
  const ask = (key: string, params: object) =>
    questions.ask(key, params as Record<string, unknown>, async (result) => void sent.push(result));
  return { ask, asked, lines, sent };
}

test('of many questions at once some are shown, and the others put away', () => {
  const { ask, asked, sent, lines } = asking();
  for (let each = 0; each < 25; each++) ask(`k${each}`, form(SCHEMA));
  expect(asked).toHaveLength(20);
  expect(sent).toEqual(Array.from({ length: 5 }, () => ({ action: 'cancel' })));
  expect(lines[0]).toContain('20 others are open already');
});

test.each<[string, string, object]>([
  ['a form that is nested too deeply', 'k', form(JSON.parse('['.repeat(20_000) + ']'.repeat(20_000)))],
  [
    'a form that is nested too deeply within',
    'k',
    form({ a: JSON.parse('['.repeat(20_000) + ']'.repeat(20_000)) }),
  ],
  ['a form that is none', 'k', form('text')],
  ['a name that is too long', 'k'.repeat(201), form(SCHEMA)],
  ['an address that cannot be opened', 'k', { mode: 'url', url: 'javascript:alert(1)' }],
])('%s is put away', (_what, key, params) => {
  const { ask, asked, sent, lines } = asking();
  ask(key, params);
  expect(asked).toEqual([]);
  expect(sent).toEqual([{ action: 'cancel' }]);
  expect(lines).toHaveLength(1);
});
