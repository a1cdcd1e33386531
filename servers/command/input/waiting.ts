import { looksLikePrompt } from './prompts.ts';

/** How long nothing may have come out before a command is looked at. */
const STILL_MS = 300;
/** How long before a line that looks like a question is believed where reading cannot be seen. */
const BELIEVE_MS = 1_500;

/** What is seen of a command that may wait for input. */
export interface Sight {
  /** Since when nothing has come out, in milliseconds. */
  readonly silentMs: number;
  /** The line without an end. */
  readonly line: string;
  /** `undefined` where the system does not say. */
  readonly isReading: boolean | undefined;
}

/** Whether it is worth looking, so that a command which prints is left alone. */
export const isWorthLooking = (silentMs: number): boolean => silentMs >= STILL_MS;

/**
 * Whether a command waits for input. That it stands still in reading is enough, whatever it has printed. What polls
 * before it reads is not seen to read: then a line that looks like a question must have stood for a while.
 */
export function waitsForInput({ silentMs, line, isReading }: Sight): boolean {
  if (silentMs < STILL_MS) return false;
  return isReading === true || (silentMs >= BELIEVE_MS && looksLikePrompt(line));
}
