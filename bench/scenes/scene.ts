import type { Figure } from '../report/figure.ts';
import type { Open } from '../rig/open.ts';
import type { FilledFolder } from './filled-folder.ts';

export interface SceneOptions {
  /** Fewer rounds and smaller amounts: for a look, not for the record. */
  readonly quick: boolean;
  readonly open: Open;
  /** A data folder with very many tasks; made when a scene first asks for it, and kept for the others. */
  filled(): Promise<FilledFolder>;
  /** Says what is being done, on a line of its own. */
  say(text: string): void;
}

/** One part of the bench, with processes and folders of its own. */
export type Scene = (options: SceneOptions) => Promise<readonly Figure[]>;
