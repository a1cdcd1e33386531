import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import type { AtEnd } from '../support/test-host.ts';

/*
 * A server that speaks the wire of models over real HTTP: OpenAI's chat completions (`/v1/chat/completions`) and
 * Anthropic's messages (`/v1/messages`), both streamed. What it answers is said by the test, request by request.
 */

/** A piece of an answer; with `wait` the stream stands still until the promise settles, and `cut` breaks it off. */
export type Piece =
  | { readonly text: string }
  | { readonly reasoning: string }
  | { readonly tool: string; readonly args: unknown; readonly id?: string }
  /** Arguments that are no JSON. */
  | { readonly tool: string; readonly raw: string; readonly id?: string }
  | { readonly wait: Promise<unknown> }
  | { readonly usage: { readonly input: number; readonly output: number; readonly cached?: number } }
  | { readonly finish: 'length' | 'content_filter' }
  | 'cut'
  /** The stream ends properly, but without a reason. */
  | 'end';

export interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Answer = readonly Piece[] | Refusal;

export interface SeenRequest {
  readonly wire: 'openai' | 'anthropic';
  readonly authorization: string;
  // biome-ignore lint/suspicious/noExplicitAny: what travels is looked at by tests, not by types
  readonly body: any;
  /** The text of the system role alone. */
  readonly system: string;
  /** All other messages, as one JSON text. */
  readonly rest: string;
  readonly tools: readonly string[];
  /** Text of the last message of the user role. */
  readonly lastUser: string;
}

export interface ModelStub {
  readonly url: string;
  readonly seen: SeenRequest[];
  /** Says what is answered from now on; the number counts requests from 0. */
  answer(by: (request: SeenRequest, number: number) => Answer | Promise<Answer>): void;
  /** Answers one after the other; the last one again and again. */
  script(...answers: readonly Answer[]): void;
}

export async function modelStub(atEnd: AtEnd = onTestFinished): Promise<ModelStub> {
  const seen: SeenRequest[] = [];
  let by: (request: SeenRequest, number: number) => Answer | Promise<Answer> = () => [{ text: 'hello' }];
  const server = createServer((request, response) => {
    void serve(request, response).catch(() => response.destroy());
  });

  async function serve(request: IncomingMessage, response: ServerResponse) {
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk;
    const wire = request.url?.endsWith('/messages') ? 'anthropic' : 'openai';
    if (!/\/v1\/(chat\/completions|messages)$/.test(request.url ?? '')) {
      response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>not here</h1>');
      return;
    }
    const read = readRequest(wire, request, JSON.parse(text));
    seen.push(read);
    const answer = await by(read, seen.length - 1);
    if ('status' in answer) {
      response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
      response.end(JSON.stringify({ type: 'error', error: { type: 'stub', message: answer.message } }));
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    await (wire === 'openai' ? openai : anthropic)(answer, response);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}/v1`,
    seen,
    answer: (next) => {
      by = next;
    },
    script(...answers) {
      const from = seen.length;
      by = (_request, number) => answers[Math.min(number - from, answers.length - 1)] as Answer;
    },
  };
}

// biome-ignore lint/suspicious/noExplicitAny: see SeenRequest
function readRequest(wire: 'openai' | 'anthropic', request: IncomingMessage, body: any): SeenRequest {
  const plain = (content: unknown): string =>
    typeof content === 'string'
      ? content
      : Array.isArray(content)
        ? content.map((part) => part.text ?? '').join('')
        : '';
  // biome-ignore lint/suspicious/noExplicitAny: see SeenRequest
  const messages: any[] = body.messages;
  const rest = messages.filter(({ role }) => role !== 'system' && role !== 'developer');
  const users = rest.filter(({ role }) => role === 'user').map(({ content }) => plain(content));
  return {
    wire,
    authorization: String(request.headers.authorization ?? request.headers['x-api-key'] ?? ''),
    body,
    system:
      wire === 'anthropic'
        ? plain(body.system)
        : messages
            .filter(({ role }) => role === 'system' || role === 'developer')
            .map(({ content }) => plain(content))
            .join('\n'),
    rest: JSON.stringify(rest),
    tools: (body.tools ?? []).map(
      (tool: { name?: string; function?: { name: string } }) => tool.name ?? tool.function?.name,
    ),
    lastUser: users.at(-1) ?? '',
  };
}

let ids = 0;

async function openai(pieces: readonly Piece[], response: ServerResponse) {
  const send = (choice: object | undefined, more: object = {}) =>
    response.write(
      `data: ${JSON.stringify({
        id: 'chatcmpl-1',
        object: 'chat.completion.chunk',
        created: 1,
        model: 'stub',
        choices: choice === undefined ? [] : [{ index: 0, finish_reason: null, ...choice }],
        ...more,
      })}\n\n`,
    );
  let usage = { input: 10, output: 5, cached: 0 };
  let tools = 0;
  let finish: string | undefined;
  send({ delta: { role: 'assistant' } });
  for (const piece of pieces) {
    if (piece === 'cut') return cut(response);
    if (piece === 'end') return void response.end();
    if ('wait' in piece) await piece.wait;
    else if ('text' in piece) send({ delta: { content: piece.text } });
    else if ('reasoning' in piece) send({ delta: { reasoning_content: piece.reasoning } });
    else if ('usage' in piece) usage = { cached: 0, ...piece.usage };
    else if ('finish' in piece) finish = piece.finish;
    else {
      const args = 'raw' in piece ? piece.raw : JSON.stringify(piece.args);
      const call = (more: object) => send({ delta: { tool_calls: [{ index: tools, ...more }] } });
      call({
        id: piece.id ?? `call_${ids++}`,
        type: 'function',
        function: { name: piece.tool, arguments: '' },
      });
      call({ function: { arguments: args } });
      tools += 1;
    }
  }
  send({ delta: {}, finish_reason: finish ?? (tools > 0 ? 'tool_calls' : 'stop') });
  send(undefined, {
    usage: {
      prompt_tokens: usage.input,
      completion_tokens: usage.output,
      total_tokens: usage.input + usage.output,
      prompt_tokens_details: { cached_tokens: usage.cached },
    },
  });
  response.end('data: [DONE]\n\n');
}

async function anthropic(pieces: readonly Piece[], response: ServerResponse) {
  const send = (type: string, more: object) =>
    response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`);
  let usage = { input: 10, output: 5, cached: 0 };
  let block = 0;
  let hasTools = false;
  let finish: string | undefined;
  for (const piece of pieces)
    if (typeof piece === 'object' && 'usage' in piece) usage = { cached: 0, ...piece.usage };
  send('message_start', {
    message: {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'stub',
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: usage.input, output_tokens: 1, cache_read_input_tokens: usage.cached },
    },
  });
  const whole = (start: object, ...deltas: object[]) => {
    send('content_block_start', { index: block, content_block: start });
    for (const delta of deltas) send('content_block_delta', { index: block, delta });
    send('content_block_stop', { index: block });
    block += 1;
  };
  for (const piece of pieces) {
    if (piece === 'cut') return cut(response);
    if (piece === 'end') return void response.end();
    if ('wait' in piece) await piece.wait;
    else if ('text' in piece) whole({ type: 'text', text: '' }, { type: 'text_delta', text: piece.text });
    else if ('reasoning' in piece)
      whole(
        { type: 'thinking', thinking: '', signature: '' },
        { type: 'thinking_delta', thinking: piece.reasoning },
        { type: 'signature_delta', signature: 'sig' },
      );
    else if ('finish' in piece) finish = piece.finish === 'length' ? 'max_tokens' : 'refusal';
    else if ('tool' in piece) {
      hasTools = true;
      whole(
        { type: 'tool_use', id: piece.id ?? `toolu_${ids++}`, name: piece.tool, input: {} },
        { type: 'input_json_delta', partial_json: 'raw' in piece ? piece.raw : JSON.stringify(piece.args) },
      );
    }
  }
  send('message_delta', {
    delta: { stop_reason: finish ?? (hasTools ? 'tool_use' : 'end_turn'), stop_sequence: null },
    usage: { output_tokens: usage.output },
  });
  send('message_stop', {});
  response.end();
}

/** What was written is sent, and then the line is gone. */
function cut(response: ServerResponse) {
  response.write(': about to break\n\n', () => response.socket?.destroy());
}
