import { type McpSubscription, ProtocolError, type SubscriptionFilter } from '@modelcontextprotocol/client';
import type { Clock } from '../../../base/clock.ts';
import type { OpenConnection } from '../drivers/driver.ts';
import { retryTimer } from './retry-timer.ts';
import type { Subscriber, SubscriberEvents } from './subscriber.ts';
import { keyOf, type Topic, wordsOf } from './topic.ts';

const ACKNOWLEDGE_MS = 30_000;
const METHOD_NOT_FOUND = -32601;

/** A stream, and what the server has agreed to tell over it. */
interface Open {
  readonly stream: McpSubscription;
  readonly asked: string;
  readonly honored: ReadonlySet<string>;
}

/**
 * Since 2026-07-28: one stream (`subscriptions/listen`) carries all that is watched. It is opened anew when that
 * changes, the new one before the old one is closed, so that nothing falls between them.
 */
export function listenForAll(
  { client, server }: OpenConnection,
  events: SubscriberEvents,
  clock: Clock,
): Subscriber {
  let wanted: readonly Topic[] = [];
  let open: Open | undefined;
  let isWorking = false;
  const gone = new AbortController();
  const retry = retryTimer(clock, () => void work());

  async function work(): Promise<void> {
    if (isWorking) return;
    isWorking = true;
    while (!gone.signal.aborted && setOf(wanted) !== (open?.asked ?? '') && (await reopen()));
    isWorking = false;
  }

  /** @returns whether it may go on at once */
  async function reopen(): Promise<boolean> {
    const before = open;
    const topics = wanted;
    if (topics.length === 0) {
      open = undefined;
      await before?.stream.close();
      return true;
    }
    let stream: McpSubscription;
    try {
      stream = await client.listen(filterOf(topics), { timeout: ACKNOWLEDGE_MS, signal: gone.signal });
    } catch (error) {
      if (gone.signal.aborted) return false;
      // What an old stream carries is still told.
      for (const topic of topics)
        if (!before?.honored.has(keyOf(topic))) events.refused(topic, refusal(topic, error as Error));
      retry.failed();
      return false;
    }
    const honored = honoredOf(topics, stream.honoredFilter);
    open = { stream, asked: setOf(topics), honored };
    void stream.closed.then((how) => {
      if (open?.stream !== stream || how === 'local') return;
      open = undefined;
      retry.failed();
    });
    await before?.stream.close();
    for (const topic of topics) {
      const key = keyOf(topic);
      if (!honored.has(key))
        events.refused(topic, `“${server}” does not report changes of ${wordsOf(topic)}.`);
      else if (!before?.honored.has(key)) events.subscribed(topic);
    }
    return true;
  }

  const refusal = (topic: Topic, error: Error): string =>
    error instanceof ProtocolError && error.code === METHOD_NOT_FOUND
      ? `“${server}” does not report changes of ${wordsOf(topic)}: it knows no subscriptions.`
      : `“${server}” did not agree to report changes of ${wordsOf(topic)}: ${error.message}`;

  return {
    want(topics) {
      wanted = topics;
      void work();
    },
    again: () => void work(),
    stop() {
      gone.abort();
      retry.stop();
    },
  };
}

const setOf = (topics: readonly Topic[]): string => topics.map(keyOf).sort().join('\n');

const FLAGS = {
  tools: 'toolsListChanged',
  resources: 'resourcesListChanged',
  prompts: 'promptsListChanged',
} as const;

function filterOf(topics: readonly Topic[]): SubscriptionFilter {
  const uris = topics.flatMap((topic) => (topic.kind === 'resource' ? [topic.uri] : []));
  const lists = topics.flatMap((topic) => (topic.kind === 'list' ? [[FLAGS[topic.list], true]] : []));
  return { ...Object.fromEntries(lists), ...(uris.length > 0 && { resourceSubscriptions: uris }) };
}

const honoredOf = (topics: readonly Topic[], filter: SubscriptionFilter): ReadonlySet<string> =>
  new Set(
    topics
      .filter((topic) =>
        topic.kind === 'list'
          ? filter[FLAGS[topic.list]] === true
          : filter.resourceSubscriptions?.includes(topic.uri) === true,
      )
      .map(keyOf),
  );
