import { type ClientRequest, get } from 'node:http';
import { createParser } from 'eventsource-parser';
import type { Task } from '../../src/task/task.ts';
import { answer } from '../rig/answer.ts';

/* One reader of the change feed: how old each progress is when it arrives, and which tasks it saw end. */

export interface Watched {
  /** Of each update read, in order: when it arrived (epoch, ms), and how long it was under way. */
  readonly arrivedAt: Float64Array;
  readonly lagMs: Float64Array;
  readonly ends: readonly { readonly status: string; readonly value?: number; readonly result?: string }[];
  readonly lastEndAt: number;
}

const nowMs = (): number => performance.timeOrigin + performance.now();

let request: ClientRequest | undefined;
let arrivedAt: number[] = [];
let lagMs: number[] = [];
let ends = new Map<string, Watched['ends'][number]>();
/** Ended in runs before: their deliveries may still come in. */
let earlier: ReadonlySet<string> = new Set();
let lastEndAt = 0;
let expected = Number.POSITIVE_INFINITY;
let allEnded = () => {};

function see(task: Task) {
  if (earlier.has(task.id)) return;
  const now = nowMs();
  if (task.endedAt !== undefined) {
    if (!ends.has(task.id)) lastEndAt = now;
    ends.set(task.id, {
      status: task.status,
      value: task.progress?.value,
      result: task.result?.preview,
    });
    if (ends.size >= expected) allEnded();
    return;
  }
  const sentAt = Number(task.progress?.message);
  if (!Number.isFinite(sentAt)) return;
  arrivedAt.push(now);
  lagMs.push(now - sentAt);
}

answer(
  {
    open: ({ url, token }: { url: string; token: string }) =>
      new Promise<void>((resolve, reject) => {
        const parser = createParser({
          onEvent: ({ event, data }) => {
            if (event === 'task') see(JSON.parse(data));
          },
        });
        request = get(`${url}/api/events`, { headers: { authorization: `Bearer ${token}` } }, (response) => {
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => parser.feed(chunk));
          response.on('error', () => {});
          resolve();
        });
        request.on('error', reject);
      }),
    begin(tasks: number) {
      arrivedAt = [];
      lagMs = [];
      earlier = new Set([...earlier, ...ends.keys()]);
      ends = new Map();
      expected = tasks;
    },
    /** Waits until all tasks were seen to end, at most so long; what is missing then is lost. */
    async watched(withinMs: number): Promise<Watched> {
      let timer: NodeJS.Timeout | undefined;
      if (ends.size < expected)
        await new Promise<void>((resolve) => {
          allEnded = resolve;
          timer = setTimeout(resolve, withinMs);
        });
      clearTimeout(timer);
      return {
        arrivedAt: Float64Array.from(arrivedAt),
        lagMs: Float64Array.from(lagMs),
        ends: [...ends.values()],
        lastEndAt,
      };
    },
  },
  async () => request?.destroy(),
);
