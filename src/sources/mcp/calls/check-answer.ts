import { checkContent, withDefaults } from '../../../base/elicitation/content.ts';
import { AppError } from '../../../base/errors.ts';
import { inOneSentence } from '../../../base/field-errors.ts';
import type { Answer, Task } from '../../../task/task.ts';

/**
 * The answer as it may go to the server: checked against the form, with what the server suggests for fields that
 * were left out (MCP 2025-11-25, SEP-1034).
 * @throws {AppError} `input_not_asked`, `invalid_request` naming each field
 */
export function checkAnswer(task: Task, answer: Answer): Answer {
  const question = task.input?.find(({ key }) => key === answer.key);
  if (question === undefined)
    throw new AppError('input_not_asked', `“${task.title}” does not ask “${answer.key}” (any more).`);
  if (answer.action !== 'accept') return { key: answer.key, action: answer.action };
  if (question.mode === 'url') return { key: answer.key, action: 'accept' };
  const content = withDefaults(question.schema, answer.content);
  const fields = checkContent(question.schema, content);
  if (fields.length > 0) throw new AppError('invalid_request', inOneSentence(fields), { fields });
  return { ...answer, content };
}
