import type { Client, Transport } from '@modelcontextprotocol/client';
import type { Tool } from '../../../store/records.ts';
import type { Ending, LogLine } from '../../../task/report.ts';
import type { Cancel, Progress } from '../../../task/task.ts';
import type { WireTap } from '../wire/wire-tap.ts';

/** One open connection, as a driver needs it. */
export interface OpenConnection {
  readonly client: Client;
  readonly transport: Transport;
  readonly tap: WireTap;
  readonly server: string;
  readonly kind: 'stdio' | 'http';
  /** Why the connection ended, in words; settles when it does. */
  readonly ended: Promise<string>;
}

/** What the caller wants to hear while the work goes on. */
export interface CallObserver {
  progress(progress: Progress): void;
  log(lines: readonly LogLine[]): void;
  /** What became of a request to stop, in words, before the end. */
  cancelNoted(note: string): void;
}

/** Work that has been sent. */
export interface RunningCall {
  /** Never rejects: failure of work is data. */
  readonly done: Promise<Ending>;
  /** Asks for a stop; `done` tells what became of it. Repeating it changes nothing. */
  cancel(): void;
  /** Ends the call as given up by us, asking the server to stop. */
  giveUp(ending: Ending): void;
}

/**
 * How one generation of long work is followed over MCP: plain calls, tasks of 2025-11-25, the tasks extension
 * of 2026-07-28. One driver each, behind this port.
 */
export interface Driver {
  readonly generation: 'plain' | 'v1' | 'v2';
  start(
    connection: OpenConnection,
    call: {
      readonly tool: Tool;
      readonly arguments: Readonly<Record<string, unknown>>;
      readonly token: string;
      readonly cancelSupport: Cancel['support'];
    },
    observer: CallObserver,
  ): RunningCall;
}
