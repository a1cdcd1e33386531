import type { EventStore, JSONRPCMessage } from '@modelcontextprotocol/server';

const KEEP = 2_000;
const KEEP_CHARS = 8 * 1024 * 1024;

interface KeptEvent {
  readonly at: number;
  readonly streamId: string;
  readonly message: JSONRPCMessage;
  readonly chars: number;
}

/** The newest of what a session has sent, so that a stream goes on where a client has lost it. Memory is bounded. */
export class RecentEvents implements EventStore {
  #events: KeptEvent[] = [];
  #chars = 0;
  #next = 1;

  async storeEvent(streamId: string, message: JSONRPCMessage): Promise<string> {
    const event = { at: this.#next++, streamId, message, chars: JSON.stringify(message).length };
    this.#events.push(event);
    this.#chars += event.chars;
    while (this.#events.length > KEEP || (this.#chars > KEEP_CHARS && this.#events.length > 1))
      this.#chars -= this.#events.shift()!.chars;
    return `${event.at}_${streamId}`; // so that it is known to which stream an event belongs when it is gone
  }

  async getStreamIdForEventId(eventId: string): Promise<string | undefined> {
    return eventId.slice(eventId.indexOf('_') + 1);
  }

  async replayEventsAfter(
    lastEventId: string,
    { send }: { send: (eventId: string, message: JSONRPCMessage) => Promise<void> },
  ): Promise<string> {
    const last = Number.parseInt(lastEventId, 10);
    const streamId = lastEventId.slice(lastEventId.indexOf('_') + 1);
    for (const event of this.#events) {
      // An event without content only primes the stream; there is nothing to say again.
      const hasContent = Object.keys(event.message).length > 0;
      if (event.at > last && event.streamId === streamId && hasContent)
        await send(`${event.at}_${streamId}`, event.message);
    }
    return streamId;
  }
}
