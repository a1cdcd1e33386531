import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { streamText } from 'ai';
import { createLogger } from '../../src/base/log.ts';
import { type RunningHost, startHost } from '../../src/host/start-host.ts';
import { answer } from '../rig/answer.ts';

/*
 * Turns of a whole host over its API, and the same questions through the bare AI SDK in the same kind of process: what is
 * measured is what keeping, telling and judging take.
 */

let host: RunningHost | undefined;

const ask = async <T>(path: string, body: object): Promise<T> => {
  const response = await fetch(`${host?.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${host?.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as T;
};

/** Settles when the turn of a chat is over, with what it wrote. */
function turnOver(sessionId: string): Promise<string> {
  const over = Promise.withResolvers<string>();
  const undo = host!.store.writer.onCommit((changes) => {
    for (const change of changes) {
      if (change.type !== 'message' || change.message.sessionId !== sessionId) continue;
      const { turn, parts } = change.message;
      if (turn?.state === 'failed') over.reject(new Error(turn.error?.message));
      if (turn?.state === 'done')
        over.resolve(parts.map((part) => (part.type === 'text' ? part.text : '')).join(''));
    }
  });
  return over.promise.finally(undo);
}

async function turn(): Promise<{ ms: number; text: string }> {
  const { id } = await ask<{ id: string }>('/api/sessions', {});
  const over = turnOver(id);
  const from = performance.now();
  await ask(`/api/sessions/${id}/messages`, { text: 'Speak.' });
  const text = await over;
  return { ms: performance.now() - from, text };
}

async function bareTurn(url: string): Promise<{ ms: number; text: string }> {
  const model = createOpenAICompatible({ name: 'bench', baseURL: url })('m');
  const from = performance.now();
  const { textStream } = streamText({ model, prompt: 'Speak.' });
  let text = '';
  for await (const piece of textStream) text += piece;
  return { ms: performance.now() - from, text };
}

answer(
  {
    async start({ folder, url }: { folder: string; url: string }) {
      writeFileSync(join(folder, 'mcp.json'), '{"mcpServers":{}}');
      const model = { id: 'm', provider: 'openai-compatible', model: 'm', baseUrl: url };
      writeFileSync(join(folder, 'models.json'), JSON.stringify({ models: [model], titles: false }), {
        mode: 0o600,
      });
      host = await startHost({
        folder,
        port: 0,
        hostname: '127.0.0.1',
        env: { ...process.env, DATABASE_URL: '' },
        log: createLogger('error'),
      });
    },
    /** So many turns at once, each in a chat of its own; how long each took, and what was missing of them. */
    async turns({ count, words }: { count: number; words: number }) {
      const all = await Promise.all(Array.from({ length: count }, turn));
      return report(all, words);
    },
    async bare({ count, words, url }: { count: number; words: number; url: string }) {
      const all = await Promise.all(Array.from({ length: count }, () => bareTurn(url)));
      return report(all, words);
    },
  },
  async () => host?.close(),
);

function report(all: readonly { ms: number; text: string }[], words: number) {
  const last = `word${words - 1} `;
  return { ms: all.map(({ ms }) => ms), broken: all.filter(({ text }) => !text.endsWith(last)).length };
}
