import type * as z from 'zod';
import type { Work } from './work.ts';

/** Each said, none guessed (MCP, "Tool annotations"). */
export interface Annotations {
  /** It changes nothing. */
  readonly readOnlyHint: boolean;
  /** It may overwrite or take away what is there; of no meaning when it is read-only. */
  readonly destructiveHint: boolean;
  /** Doing it twice comes to the same as doing it once. */
  readonly idempotentHint: boolean;
  /** It reaches beyond this machine. */
  readonly openWorldHint: boolean;
}

/** What a tool answers. */
export interface Outcome<Data> {
  /** For people and models: a plain summary in the first line. */
  readonly text: string;
  /** The same as data, in the shape of the output schema; sent as `structuredContent`. */
  readonly data: Data;
  /** The work did not succeed. */
  readonly isError?: boolean;
  /** After a stop: what became of it. Left out where nothing can be left. */
  readonly stop?: Stop;
}

/** What became of stopped work; told to the client, which gets no answer to a call that it cancelled. */
export interface Stop {
  /** False when something goes on all the same. */
  readonly stopped: boolean;
  /** What is still there, as a sentence: `The partial clone in /x was removed.` */
  readonly remains?: string;
  /** Processes that could not be ended, were ended, and of those killed. */
  readonly left?: number;
  readonly ended?: number;
  readonly killed?: number;
}

export interface Tool<Input extends z.ZodObject, Output extends z.ZodObject> {
  /** Letters, digits and _. */
  readonly name: string;
  readonly title: string;
  /** For a model that must choose: what it does, what it answers, what it refuses. */
  readonly description: string;
  /** A `z.strictObject`, every field with `.describe()`; its messages name what was expected. */
  readonly input: Input;
  readonly output: Output;
  readonly annotations: Annotations;
  /** It may take longer than a moment, so it may be handed back as a task. */
  readonly isLong: boolean;
  /**
   * Does it. What is expected to go wrong is an outcome with `isError`; arguments that fit the schema and are refused
   * all the same are a thrown `Refusal`. Any other error is a fault: the client gets its message, stderr the rest.
   */
  run(args: z.infer<Input>, work: Work): Promise<Outcome<z.infer<Output>>>;
}

/** A tool whose schemas nobody looks into any more. */
// biome-ignore lint/suspicious/noExplicitAny: run takes what its own input schema has let through
export type AnyTool = Tool<any, any>;

/** Ties a tool to its schemas. */
export const defineTool = <Input extends z.ZodObject, Output extends z.ZodObject>(
  tool: Tool<Input, Output>,
): AnyTool => tool;

/** Nothing was done, and this says why, naming the argument: `cwd: there is no folder /x`. */
export class Refusal extends Error {}
