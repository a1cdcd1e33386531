import { EventSourceParserStream } from 'eventsource-parser/stream';

/** The messages of an event stream, each with the id it can be taken up after. What is no JSON is left out. */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<{ readonly id?: string; readonly data?: unknown }> {
  const events = body
    .pipeThrough(new TextDecoderStream() as unknown as TransformStream<Uint8Array, string>)
    .pipeThrough(new EventSourceParserStream());
  for await (const { id, event, data } of events) {
    const isMessage = data !== '' && (event === undefined || event === 'message');
    yield { ...(id === undefined ? {} : { id }), ...(isMessage ? { data: parsed(data) } : {}) };
  }
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
