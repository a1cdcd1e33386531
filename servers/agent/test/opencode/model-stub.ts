import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the model does with a task that it is given. */
export type Script =
  /** Writes this file with the tool `write`, then says that it has. */
  | { readonly kind: 'write'; readonly file: string; readonly text: string }
  /** Begins to answer and never ends. */
  | { readonly kind: 'hold' }
  /** Turns the request away, as a provider does with a wrong key. */
  | { readonly kind: 'refuse' };

export interface ModelStub {
  /** What an OpenAI-compatible client takes as its base URL. */
  readonly url: string;
  /** The task of each conversation that came, as the agent put it to the model. */
  readonly tasks: string[];
  script: Script;
  close(): void;
}

/** A model behind the chat completions of an OpenAI-compatible provider, which follows a script. Loopback only. */
export async function startModelStub(script: Script): Promise<ModelStub> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    if (!request.url?.endsWith('/chat/completions')) return void response.writeHead(404).end();
    answer(stub, JSON.parse(body), response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stub: ModelStub = {
    url: `http://127.0.0.1:${port}/v1`,
    tasks: [],
    script,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return stub;
}

interface ChatRequest {
  readonly stream?: boolean;
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
  readonly tools?: readonly { readonly function: { readonly name: string } }[];
}

function answer(stub: ModelStub, request: ChatRequest, response: ServerResponse): void {
  const { script } = stub;
  const last = request.messages.at(-1);
  const isTask = request.tools?.some((tool) => tool.function.name === 'write') === true;
  if (!isTask)
    say(response, 'A short title'); // it also has its conversations named
  else if (script.kind === 'refuse') turnAway(response);
  else if (last?.role === 'tool')
    say(response, `The tool says: ${JSON.stringify(last.content).slice(0, 200)}`);
  else {
    stub.tasks.push(JSON.stringify(last?.content));
    begin(response);
    if (script.kind === 'hold') chunk(response, { role: 'assistant', content: 'Thinking about it.\n' });
    else callWrite(response, script.file, script.text);
  }
}

function callWrite(response: ServerResponse, file: string, text: string): void {
  const call = { name: 'write', arguments: JSON.stringify({ filePath: file, content: text }) };
  chunk(response, { role: 'assistant', content: 'I write the file.' });
  chunk(response, { tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: call }] });
  end(response, 'tool_calls');
}

function turnAway(response: ServerResponse): void {
  const error = { message: 'Incorrect API key provided', type: 'invalid_request_error' };
  response.writeHead(401, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
}

function say(response: ServerResponse, text: string): void {
  begin(response);
  chunk(response, { role: 'assistant', content: text });
  end(response, 'stop');
}

const begin = (response: ServerResponse): void =>
  void response.writeHead(200, { 'content-type': 'text/event-stream' });

function chunk(response: ServerResponse, delta: object, finish: string | null = null): void {
  const choices = [{ index: 0, delta, finish_reason: finish }];
  const data = { id: 'chat-1', object: 'chat.completion.chunk', created: 1, model: 'stub', choices };
  response.write(`data: ${JSON.stringify(data)}\n\n`);
}

function end(response: ServerResponse, reason: string): void {
  chunk(response, {}, reason);
  response.end('data: [DONE]\n\n');
}
