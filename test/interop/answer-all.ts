import type { Question } from '../../src/task/task.ts';
import { eventually } from '../support/eventually.ts';
import type { Cell } from './cell.ts';

/** Answers what a task asks, each question once, until it asks no more or has ended. */
export async function answerAll({ api, taskId, task }: Cell): Promise<void> {
  const answered = new Set<string>();
  let refusal: unknown;
  const done = async () => {
    const { input = [], endedAt } = await task();
    if (endedAt !== undefined) return true;
    for (const question of input) {
      const { key } = question;
      if (answered.has(key)) continue;
      answered.add(key);
      const { status, body } = await api.post(`/api/tasks/${taskId}/input`, { key, ...answerTo(question) });
      if (status !== 202) refusal = body;
    }
    return answered.size > 0 && input.length === 0;
  };
  await eventually(done).catch((error) => {
    throw refusal === undefined ? error : new Error(`the answer was refused: ${JSON.stringify(refusal)}`);
  });
}

type Field = { readonly oneOf?: readonly { readonly const: string }[] };

/** Every field is “Ada”, or the first of its choices; a page is said to be opened. */
function answerTo({ mode, schema }: Question) {
  if (mode === 'url') return { action: 'accept' };
  const fields = Object.entries((schema?.properties ?? {}) as Record<string, Field>);
  const content = fields.map(([name, { oneOf }]) => [name, oneOf?.[0]?.const ?? 'Ada']);
  return { action: 'accept', content: Object.fromEntries(content) };
}
