import type { Message } from '../../data/types.ts';

/** What is told of a turn to one who looks elsewhere: that it waits for a yes, and how it ended by itself. */
export function turnNews(before: Message | undefined, { turn, parts }: Message): string | undefined {
  // Only of what went on before one's eyes: old messages come in too.
  if (turn === undefined || before?.turn === undefined || before.turn.state === turn.state) return undefined;
  if (turn.state === 'waiting') return 'The assistant asks whether it may use a tool.';
  if (turn.cause === 'assignment') return undefined; // told as the end of its run
  if (turn.state === 'failed') return 'The assistant could not go on.';
  // A step that asked for tools is followed by another one.
  if (turn.state === 'done' && !parts.some(({ type }) => type === 'use'))
    return 'The assistant has answered.';
  return undefined;
}
