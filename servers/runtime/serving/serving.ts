import type { ServerDefinition } from '../definition.ts';
import { Jobs } from '../job/jobs.ts';
import { ParkedJobs } from '../job/parked-jobs.ts';
import type { AnyTool } from '../tool.ts';

/**
 * When long work is handed back as a task of the extension, to a client that can follow one. `auto`: over HTTP, where
 * it outlives the client, after a moment; over stdio, where it does not and a plain call tells more, only when it asks
 * something. `always`: at once. `never`: not at all.
 */
export const TASK_POLICIES = ['auto', 'always', 'never'] as const;

export interface ServingOptions {
  readonly transport: 'stdio' | 'http';
  readonly tasks: (typeof TASK_POLICIES)[number];
}

/** What all connections of one program share. */
export interface Serving extends ServingOptions {
  readonly definition: ServerDefinition;
  readonly tools: ReadonlyMap<string, AnyTool>;
  readonly jobs: Jobs;
  readonly parked: ParkedJobs;
  /** Stops all work, waits until nothing of it is left, then closes what the definition holds. */
  close(): Promise<void>;
}

export function createServing(definition: ServerDefinition, options: ServingOptions): Serving {
  const jobs = new Jobs();
  const parked = new ParkedJobs();
  return {
    ...options,
    definition,
    tools: new Map(definition.tools.map((tool) => [tool.name, tool])),
    jobs,
    parked,
    async close() {
      await jobs.close();
      parked.close();
      await definition.close?.();
    },
  };
}
