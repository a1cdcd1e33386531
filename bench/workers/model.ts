import { createServer, type ServerResponse } from 'node:http';
import { answer } from '../rig/answer.ts';

/*
 * A model over OpenAI's wire: it answers every question with so many words, either as fast as it can or one every so many
 * milliseconds, and says in the first of them when it was asked.
 */

export interface Speech {
  readonly words: number;
  /** Between words; 0 for none. */
  readonly everyMs: number;
}

let speech: Speech = { words: 1, everyMs: 0 };

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => void speak(response));
});

async function speak(response: ServerResponse): Promise<void> {
  const { words, everyMs } = speech;
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const chunk = (delta: object, finish: string | null = null) =>
    response.write(
      `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', created: 0, model: 'm', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`,
    );
  for (let n = 0; n < words; n++) {
    chunk({ role: 'assistant', content: `word${n} ` });
    if (everyMs > 0) await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  chunk({}, 'stop');
  response.end('data: [DONE]\n\n');
}

answer(
  {
    start: () =>
      new Promise<string>((resolve) =>
        server.listen(0, '127.0.0.1', () => {
          const address = server.address();
          const port = typeof address === 'object' && address !== null ? address.port : 0;
          resolve(`http://127.0.0.1:${port}/v1`);
        }),
      ),
    speech(wanted: Speech) {
      speech = wanted;
    },
  },
  async () => server.close(),
);
