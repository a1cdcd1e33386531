/*
 * What is worth telling aloud of a turn. A step that asked for tools is followed by another, so its end is not the end
 * of the turn.
 */

/** How the newest step of a chat stands, as text: two that are the same are equal. */
export const standing = (id: string, state: string, hasUses: boolean): string =>
  `${id} ${state === 'done' && hasUses ? 'between' : state}`;

const WORDS: Readonly<Record<string, string>> = {
  waiting: 'The assistant asks whether it may use a tool.',
  done: 'The assistant has answered.',
  stopped: 'The answer was stopped.',
  interrupted: 'The answer was interrupted.',
  failed: 'The assistant could not go on.',
};

/**
 * Only of what happens while one is there: nothing is told of a chat that is opened. A turn may have begun and ended
 * since one looked.
 */
export function turnMilestone(before: string, after: string): string | undefined {
  if (before === after || before === '') return undefined;
  return WORDS[after.split(' ')[1] ?? ''];
}
