import type { CallAnswer } from '../../api/contract/types.ts';
import type { Answer } from '../client/ask.ts';
import { EXIT, exitStatusOfCall } from '../exit-status.ts';
import { oneLine } from '../render/plain-text.ts';
import { resultText } from '../render/result-text.ts';
import type { Shell } from '../terminal/shell.ts';
import { writeText } from '../terminal/write-text.ts';
import { followCall } from './follow-call.ts';
import type { CallInterrupts } from './interrupts.ts';

/** Shows what came of a call; when it has become a task, follows it, or with `detach` prints its id. */
export async function showCall(
  shell: Shell,
  answer: Answer<CallAnswer>,
  { json = false, detach = false }: { json?: boolean; detach?: boolean },
  interrupts: CallInterrupts,
): Promise<number> {
  const { taskId, result } = answer.body;
  if (json) shell.stdout.write(`${answer.text.trimEnd()}\n`);
  if (taskId === undefined || result !== undefined) {
    if (!json) writeAnswer(shell, answer.body);
    return exitStatusOfCall(answer.body);
  }
  if (!detach) return followCall(shell, taskId, json, interrupts);
  if (!json) shell.stdout.write(`${taskId}\n`);
  return EXIT.ok;
}

function writeAnswer({ stdout, stderr }: Shell, answer: CallAnswer): void {
  if (answer.result) writeText(stdout, resultText(answer.result.content));
  if (answer.failure) stderr.write(`meanwhile: ${oneLine(answer.failure.message)}\n`);
  else if (answer.result?.isError) stderr.write('meanwhile: The tool answered with an error.\n');
}
