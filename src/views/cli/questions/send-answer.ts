import { CONTENT } from '../../../base/elicitation/content.ts';
import { AppError } from '../../../base/errors.ts';
import type { Answer, Task } from '../../../task/task.ts';
import { ask } from '../client/ask.ts';
import type { Host } from '../client/find-host.ts';

/** Answers a question. @throws {AppError} `input_not_asked`, `invalid_request` with the fields by their own names */
export const sendAnswer = (host: Host, taskId: string, answer: Answer) =>
  ask<Task>(host, `/api/tasks/${encodeURIComponent(taskId)}/input`, { method: 'POST', body: answer }).catch(
    (error) => {
      throw error instanceof AppError ? byOwnNames(error) : error;
    },
  );

/** A person types `name=…`, so errors speak of `name` and not of where it stands in the request. */
export function byOwnNames(error: AppError): AppError {
  const fields = error.fields.map(({ field, expected }) => ({ field: field.replace(CONTENT, ''), expected }));
  return new AppError(error.code, error.detail, { ...error, fields, cause: error.cause });
}

export const ANSWERED: Readonly<Record<Answer['action'], string>> = {
  accept: 'Answered.',
  decline: 'Declined to answer.',
  cancel: 'Put away without an answer.',
};
