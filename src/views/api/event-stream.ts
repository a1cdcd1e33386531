import type { Clock } from '../../base/clock.ts';
import type { FeedReader } from '../../live/feed.ts';
import type { Change } from '../../store/ports.ts';
import type { HostControl } from './ports.ts';

const PING_MS = 15_000;
const RETRY_MS = 1_000;

/** Each change is written once, however many readers there are. */
const written = new WeakMap<Change, string>();

/**
 * A feed reader as bytes of `text/event-stream`. Pull-driven: a reader that does not read is not written to,
 * and finds the newest states when it does. How the host stands is told first, and whenever it changes.
 */
export function eventStream(
  reader: FeedReader,
  host: Pick<HostControl, 'state' | 'onChange'>,
  clock: Clock,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let callOffPing: (() => void) | undefined;
  let close = () => {};
  let hostTold = true;
  const hostEvent = () => encoder.encode(`event: host\ndata: ${JSON.stringify(host.state())}\n\n`);

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        controller.enqueue(encoder.encode(`retry: ${RETRY_MS}\n\n`));
        controller.enqueue(hostEvent());
        const unfollow = host.onChange(() => {
          hostTold = (controller.desiredSize ?? 0) > 0;
          if (hostTold) controller.enqueue(hostEvent());
        });
        const ping = () => {
          if ((controller.desiredSize ?? 0) > 0)
            controller.enqueue(encoder.encode('event: ping\ndata: {}\n\n'));
          callOffPing = clock.after(PING_MS, ping);
        };
        callOffPing = clock.after(PING_MS, ping);
        close = () => {
          callOffPing?.();
          unfollow();
          reader.close();
        };
        signal.addEventListener('abort', close, { once: true });
      },
      async pull(controller) {
        if (!hostTold) {
          hostTold = true;
          controller.enqueue(hostEvent());
          return;
        }
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
    case 'assignment':
      return change.assignment;
    case 'run':
      return change.run;
  }
}
