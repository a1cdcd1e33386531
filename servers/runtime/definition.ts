import type { AnyTool } from './tool.ts';

/** What one server offers, without a word on how it is reached. */
export interface ServerDefinition {
  /** As the client sees it; also the name of its folder under `servers/`. */
  readonly name: string;
  readonly title: string;
  readonly version: string;
  /** For the model, on the server as a whole. */
  readonly instructions?: string;
  readonly tools: readonly AnyTool[];
  readonly resources?: Resources;
  /** Told when the server ends, after all of its work has ended. */
  close?(): Promise<void>;
}

/** What can be read and subscribed to (MCP, "Resources"). */
export interface Resources {
  list(): Promise<readonly Resource[]>;
  /** `undefined` when there is none of that name. */
  read(uri: string): Promise<ResourceText | undefined>;
  /** Calls `changed` with the URI of what has changed since; returns its undo. */
  watch(changed: (uri: string) => void): () => void;
  /** Calls `changed` when `list` would say something else; returns its undo. */
  watchList(changed: () => void): () => void;
}

export interface Resource {
  readonly uri: string;
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly mimeType: string;
}

export interface ResourceText {
  readonly uri: string;
  readonly mimeType: string;
  readonly text: string;
}
