import type { Figure } from '../report/figure.ts';
import type { Open } from '../rig/open.ts';

export interface SceneOptions {
  /** Fewer rounds and smaller amounts: for a look, not for the record. */
  readonly quick: boolean;
  readonly open: Open;
  /** Says what is being done, on a line of its own. */
  say(text: string): void;
}

/** One part of the bench, with processes and folders of its own. */
export type Scene = (options: SceneOptions) => Promise<readonly Figure[]>;
