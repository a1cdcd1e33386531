import type { Clock } from '../../base/clock.ts';
import type { FeedReader } from '../../live/feed.ts';
import type { Change } from '../../store/ports.ts';

const PING_MS = 15_000;
const RETRY_MS = 1_000;

/** Each change is written once, however many readers there are. */
const written = new WeakMap<Change, string>();

/**
 * A feed reader as bytes of `text/event-stream`. Pull-driven: a reader that does not read is not written to,
 * and finds the newest states when it does.
 */
export function eventStream(
  reader: FeedReader,
  clock: Clock,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let callOffPing: (() => void) | undefined;
  let close = () => {};

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        controller.enqueue(encoder.encode(`retry: ${RETRY_MS}\n\n`));
        const ping = () => {
          if ((controller.desiredSize ?? 0) > 0)
            controller.enqueue(encoder.encode('event: ping\ndata: {}\n\n'));
          callOffPing = clock.after(PING_MS, ping);
        };
        callOffPing = clock.after(PING_MS, ping);
        close = () => {
          callOffPing?.();
          reader.close();
        };
        signal.addEventListener('abort', close, { once: true });
      },
      async pull(controller) {
        const batch = await reader.next();
        if (batch === undefined) {
          close();
          controller.close();
          return;
        }
        const text =
          batch.type === 'resync'
            ? `id: ${batch.head}\nevent: resync\ndata: {"head":${batch.head}}\n\n`
            : batch.changes.map(write).join('');
        if (text !== '') controller.enqueue(encoder.encode(text));
      },
      cancel: () => close(),
    },
    { highWaterMark: 1 },
  );
}

function write(change: Change): string {
  let text = written.get(change);
  if (text === undefined) {
    text = `id: ${change.seq}\nevent: ${change.type}\ndata: ${JSON.stringify(recordOf(change))}\n\n`;
    written.set(change, text);
  }
  return text;
}

function recordOf(change: Change): unknown {
  switch (change.type) {
    case 'task':
      return change.task;
    case 'message':
      return change.message;
    case 'session':
      return change.session;
    case 'server':
      return change.server;
  }
}
