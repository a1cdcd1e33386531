import type { Topic } from './topic.ts';

/** Makes one connection tell of what is wanted, in the way of its protocol version. */
export interface Subscriber {
  /** What is to be told of from now on; what was wanted before and is not named any more is given up. */
  want(topics: readonly Topic[]): void;
  /** Tries again what was refused. */
  again(): void;
  /** Forgets the connection, which is gone: nothing is sent any more. */
  stop(): void;
}

export interface SubscriberEvents {
  /** Changes of it are told from now on. What happened before is not known. */
  subscribed(topic: Topic): void;
  refused(topic: Topic, why: string): void;
}
