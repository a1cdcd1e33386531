import { createParser, type EventSourceMessage } from 'eventsource-parser';

/** A stream that says nothing for so long (the host sends a sign of life far more often) is taken for dead. */
export const SILENCE_MS = 45_000;

/**
 * The events of one response of type text/event-stream, until it ends
 * or nothing came for `silenceMs`.
 * @throws when the connection breaks
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  silenceMs = SILENCE_MS,
): AsyncGenerator<EventSourceMessage, void> {
  let events: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => events.push(event) });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    while (true) {
      const { done, value } = await readWithin(reader, silenceMs);
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
      const ready = events;
      events = [];
      yield* ready;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

async function readWithin(reader: ReadableStreamDefaultReader<Uint8Array>, silenceMs: number) {
  const timer = setTimeout(() => void reader.cancel(new Error('silence')).catch(() => {}), silenceMs);
  try {
    return await reader.read();
  } finally {
    clearTimeout(timer);
  }
}
