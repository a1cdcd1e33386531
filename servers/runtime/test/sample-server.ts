import { once } from 'node:events';
import * as z from 'zod';
import type { Resources } from '../definition.ts';
import { runServer } from '../run-server.ts';
import { defineTool, Refusal } from '../tool.ts';

/* A server for tests of what all servers share. */

const annotations = {
  readOnlyHint: false,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};
const output = z.object({ said: z.string().describe('What it says') });

const quick = defineTool({
  name: 'quick',
  title: 'Answers at once',
  description: 'Says what it is told.',
  input: z.strictObject({ text: z.string('expected a text').describe('What to say') }),
  output,
  annotations: { ...annotations, readOnlyHint: true },
  isLong: false,
  async run({ text }) {
    if (text === 'refuse') throw new Refusal('text: must not be “refuse”');
    if (text === 'fault') throw new Error('something broke');
    if (text === 'fail') return { text: 'It failed.', data: { said: 'failed' }, isError: true };
    return { text, data: { said: text } };
  },
});

const until = defineTool({
  name: 'until_stopped',
  title: 'Works until it is stopped',
  description: 'Goes on for ever, or until a file of its name is there.',
  input: z.strictObject({}),
  output,
  annotations,
  isLong: true,
  async run(_input, work) {
    work.progress({ message: 'Working', value: 1, total: 4, unit: 'steps', phase: 'work' });
    work.output('line one\nline two\n');
    if (!work.signal.aborted) await once(work.signal, 'abort');
    stopped++;
    return {
      text: 'Stopped in the middle.',
      data: { said: String(work.stopReason) },
      isError: true,
      stop: { stopped: true, remains: 'Step 1 of 4 is done.' },
    };
  },
});

const schema = {
  type: 'object' as const,
  properties: { name: { type: 'string', title: 'Name' } },
  required: ['name'],
};

const ask = defineTool({
  name: 'ask',
  title: 'Asks and answers',
  description: 'Asks for two names at once, then says them.',
  input: z.strictObject({}),
  output,
  annotations,
  isLong: true,
  async run(_input, work) {
    if (!work.canAsk) throw new Refusal('Nobody can be asked.');
    const answers = await Promise.all(
      ['first', 'second'].map((key) => work.ask(key, { message: `The ${key} name?`, schema })),
    );
    const said = answers.map((answer) => (answer.action === 'accept' ? answer.content.name : answer.action));
    work.progress({ message: 'Answered', value: 1, total: 1 });
    return { text: said.join(' and '), data: { said: said.join(' and ') } };
  },
});

/** One resource that counts its changes; the tool changes it. */
const changed = new Set<(uri: string) => void>();
const URI = 'sample:///count';
let count = 0;
let stopped = 0;
const resources: Resources = {
  list: async () => [
    { uri: URI, name: 'count', title: 'Count', description: 'Counts', mimeType: 'application/json' },
  ],
  read: async (uri) =>
    uri === URI
      ? { uri, mimeType: 'application/json', text: `{"count":${count},"stopped":${stopped}}` }
      : undefined,
  watch(listener) {
    changed.add(listener);
    return () => changed.delete(listener);
  },
  watchList: () => () => {},
};

const touch = defineTool({
  name: 'touch',
  title: 'Changes the resource',
  description: 'Counts on.',
  input: z.strictObject({}),
  output,
  annotations,
  isLong: false,
  async run() {
    count++;
    for (const listener of changed) listener(URI);
    return { text: String(count), data: { said: String(count) } };
  },
});

await runServer({
  options: {},
  define: () => ({
    name: 'sample',
    title: 'Sample',
    version: '1.0.0',
    instructions: 'For tests.',
    tools: [quick, until, ask, touch],
    resources,
  }),
});
