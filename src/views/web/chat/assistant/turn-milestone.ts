/*
 * What is worth telling aloud of a turn. A state is that of its newest step, and whether the step asked for tools: such
 * a step is followed by another, so its end is not the end of the turn.
 */

const WORDS: Readonly<Record<string, string>> = {
  'waiting true': 'The assistant asks whether it may use a tool.',
  'done false': 'The assistant has answered.',
  'stopped true': 'The answer was stopped.',
  'stopped false': 'The answer was stopped.',
  'interrupted true': 'The answer was interrupted.',
  'interrupted false': 'The answer was interrupted.',
  'failed true': 'The assistant could not go on.',
  'failed false': 'The assistant could not go on.',
};

/** Only of what happens while one is there: nothing is told of a chat that is opened. */
export function turnMilestone(before: string, after: string): string | undefined {
  if (before === after || before === '') return undefined;
  const ended =
    !before.startsWith('running') && !before.startsWith('waiting') && !before.startsWith('done true');
  return ended ? undefined : WORDS[after];
}
