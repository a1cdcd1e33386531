import { get, type IncomingMessage } from 'node:http';

export interface SeenEvent {
  readonly id: number;
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: what travels is looked at by tests, not by types
  readonly data: any;
}

/** One connection to `/api/events`, as a program reads it. */
export interface EventReader {
  /** Settles when the connection is over, cut by us or ended by the host. */
  readonly over: Promise<void>;
  cut(): void;
}

/** Calls `seen` for each whole event; half an event at the end of a connection counts for nothing. */
export function readEvents(
  { url, token }: { url: string; token: string },
  from: { query?: string; lastEventId?: number },
  seen: (event: SeenEvent) => void,
): EventReader {
  const over = Promise.withResolvers<void>();
  let text = '';
  const request = get(
    `${url}/api/events${from.query ?? ''}`,
    {
      agent: false,
      headers: {
        authorization: `Bearer ${token}`,
        ...(from.lastEventId === undefined ? {} : { 'last-event-id': String(from.lastEventId) }),
      },
    },
    (response: IncomingMessage) => {
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        const blocks = (text + chunk).split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) {
          const event = parse(block);
          if (event !== undefined) seen(event);
        }
      });
      response.on('error', () => {});
    },
  );
  request.on('error', () => {}); // a cut is what these tests are about
  request.on('close', over.resolve);
  return { over: over.promise, cut: () => request.destroy() };
}

function parse(block: string): SeenEvent | undefined {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
  const type = field('event');
  const id = field('id');
  if (type === undefined || id === undefined) return undefined; // `retry`, or a ping
  return { id: Number(id), type, data: JSON.parse(field('data') ?? '') };
}
