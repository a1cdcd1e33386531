import type { Question } from '../../src/task/task.ts';
import { eventually } from '../support/eventually.ts';
import type { Cell } from './cell.ts';

/** Answers what a task asks, each question once, until it asks no more. */
export async function answerAll({ api, taskId, task }: Cell): Promise<void> {
  const answered = new Set<string>();
  await eventually(async () => {
    const { input = [], endedAt } = await task();
    if (endedAt !== undefined) return true;
    for (const question of input) {
      if (answered.has(question.key)) continue;
      answered.add(question.key);
      const { key } = question;
      const said = await api.post<unknown>(`/api/tasks/${taskId}/input`, { key, ...answerTo(question) });
      if (said.status !== 202) throw new Error(`the answer was refused: ${JSON.stringify(said.body)}`);
    }
    return answered.size > 0 && input.length === 0;
  });
}

/** Every field is “Ada”; a page is said to be opened. */
function answerTo({ mode, schema }: Question) {
  if (mode === 'url') return { action: 'accept' };
  const fields = Object.keys((schema?.properties ?? {}) as object);
  return { action: 'accept', content: Object.fromEntries(fields.map((field) => [field, 'Ada'])) };
}
