import type { z } from '@hono/zod-openapi';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/log.ts';
import type { Chat } from '../../chat/chat.ts';
import type { Feed } from '../../live/feed.ts';
import type { AssignmentDirectory } from '../../sources/assignment-directory.ts';
import type { AssistantControl } from '../../sources/assistant-control.ts';
import type { ModelDirectory } from '../../sources/model-directory.ts';
import type { ServerDirectory, ServerTester, Source, ToolCaller } from '../../sources/source.ts';
import type { Store } from '../../store/ports.ts';
import type { WelcomeSchema } from './contract/bodies.ts';
import type { HostState, Restart, StopPlan } from './contract/types.ts';

/** What the API shows and asks; the host hands it in. There is no way from here to write a task. */
export interface ApiPorts {
  readonly store: Pick<
    Store,
    'tasks' | 'sessions' | 'messages' | 'assignments' | 'runs' | 'log' | 'changes' | 'ping'
  >;
  readonly feed: Feed;
  readonly chat: Chat;
  readonly servers: ServerDirectory;
  readonly calls: ToolCaller;
  readonly tester: ServerTester;
  readonly assignments: AssignmentDirectory;
  readonly models: ModelDirectory;
  readonly assistant: AssistantControl;
  /** The way back to whoever works. */
  readonly source: Pick<Source, 'cancel' | 'answer' | 'stopWaiting'>;
  readonly welcome: () => Promise<z.infer<typeof WelcomeSchema>>;
  readonly host: HostControl;
  readonly clock: Clock;
  readonly log: Logger;
  /** The secret of the bearer and of the cookie. */
  readonly token: string;
  /** Values of the Host header that are served, such as `127.0.0.1:4680`. */
  readonly allowedHosts: ReadonlySet<string>;
  /** Cookies are shared between the ports of a machine, so their name tells ours. */
  readonly cookieName: string;
  readonly version: string;
}

/** Stopping the host, and the account of the restart before. */
export interface HostControl {
  state(): HostState;
  /** Called after each change of the state. Returns its undo. */
  onChange(listener: () => void): () => void;
  /** What a stop would do now. */
  plan(): Promise<StopPlan>;
  /**
   * Stops the host: at once, or with `wait` once the work that a stop would cut off has ended; until then nothing
   * new is started. Nothing is closed before `answered` has settled.
   */
  stop(wait: boolean, answered: Promise<unknown>): Promise<StopPlan>;
  /** Takes the waiting back. */
  keepRunning(): void;
  readonly restart: {
    read(): Promise<Restart | null>;
    /** Puts the account away, for good. */
    dismiss(): Promise<void>;
  };
}
