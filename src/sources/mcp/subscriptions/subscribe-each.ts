import type { Clock } from '../../../base/clock.ts';
import type { OpenConnection } from '../drivers/driver.ts';
import { RpcFault } from '../wire/own-requests.ts';
import { retryTimer } from './retry-timer.ts';
import type { Subscriber, SubscriberEvents } from './subscriber.ts';
import { keyOf, type Topic, wordsOf } from './topic.ts';

const REQUEST_MS = 30_000;

/**
 * Before 2026-07-28: each resource is subscribed to by a request of its own; changes of lists are told without being
 * asked for. Either only where the server says so.
 */
export function subscribeEach(
  { client, tap, server }: OpenConnection,
  events: SubscriberEvents,
  clock: Clock,
): Subscriber {
  const held = new Map<string, Topic>();
  const refused = new Set<string>();
  const capabilities = client.getServerCapabilities();
  let wanted: readonly Topic[] = [];
  let isWorking = false;
  const gone = new AbortController();
  const retry = retryTimer(clock, again);

  function can(topic: Topic): boolean {
    return topic.kind === 'resource'
      ? capabilities?.resources?.subscribe === true
      : capabilities?.[topic.list]?.listChanged === true;
  }

  async function work(): Promise<void> {
    if (isWorking) return;
    isWorking = true;
    while (!gone.signal.aborted) {
      const keys = new Set(wanted.map(keyOf));
      const more = wanted.filter((topic) => !held.has(keyOf(topic)) && !refused.has(keyOf(topic)));
      const less = [...held.values()].filter((topic) => !keys.has(keyOf(topic)));
      if (more.length + less.length === 0) break;
      await Promise.all([...more.map(subscribe), ...less.map(unsubscribe)]);
    }
    isWorking = false;
  }

  async function subscribe(topic: Topic): Promise<void> {
    const key = keyOf(topic);
    if (!can(topic)) {
      refused.add(key);
      events.refused(topic, `“${server}” does not report changes of ${wordsOf(topic)}.`);
      return;
    }
    try {
      if (topic.kind === 'resource')
        await tap.request(
          'resources/subscribe',
          { uri: topic.uri },
          { timeoutMs: REQUEST_MS, signal: gone.signal },
        );
      held.set(key, topic);
      events.subscribed(topic);
    } catch (error) {
      if (gone.signal.aborted) return;
      refused.add(key);
      const how = error instanceof RpcFault ? 'refused to report' : 'could not be asked to report';
      events.refused(topic, `“${server}” ${how} changes of ${wordsOf(topic)}: ${(error as Error).message}`);
      retry.failed();
    }
  }

  async function unsubscribe(topic: Topic): Promise<void> {
    held.delete(keyOf(topic));
    if (topic.kind === 'list') return;
    await tap.request('resources/unsubscribe', { uri: topic.uri }, { timeoutMs: REQUEST_MS }).catch(() => {}); // what is told all the same is heard by nobody
  }

  function again() {
    for (const topic of wanted) if (can(topic)) refused.delete(keyOf(topic));
    void work();
  }

  return {
    want(topics) {
      wanted = topics;
      const keys = new Set(topics.map(keyOf));
      for (const key of refused) if (!keys.has(key)) refused.delete(key);
      void work();
    },
    again,
    stop() {
      gone.abort();
      retry.stop();
    },
  };
}
