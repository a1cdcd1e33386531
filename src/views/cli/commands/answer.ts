import { checkContent, withDefaults } from '../../../base/elicitation/content.ts';
import { AppError } from '../../../base/errors.ts';
import type { Answer, Question, Task } from '../../../task/task.ts';
import { answerContent, keysOf, pickQuestion } from '../arguments/answer-words.ts';
import { openLink } from '../browser/open-link.ts';
import { findHost, type Host } from '../client/find-host.ts';
import { getTask } from '../client/follow-task.ts';
import { resolveTaskId } from '../client/resolve-task-id.ts';
import { EXIT } from '../exit-status.ts';
import { askQuestion } from '../questions/ask-question.ts';
import { ANSWERED, byOwnNames, sendAnswer } from '../questions/send-answer.ts';
import { questionLines } from '../render/question-lines.ts';
import type { Shell } from '../terminal/shell.ts';
import { writeLines } from '../terminal/write-text.ts';

export interface AnswerOptions {
  readonly decline?: boolean;
  readonly putAway?: boolean;
  /** The page of a question was visited. */
  readonly done?: boolean;
  readonly json?: boolean;
}

/**
 * Answers what a task asks: with words, by declining, or on a terminal field by field.
 * @throws {AppError} `input_not_asked`, `invalid_request` naming what is missing or wrong
 */
export async function answer(
  shell: Shell,
  idText: string,
  words: readonly string[],
  options: AnswerOptions,
): Promise<number> {
  const host = await findHost(shell.env);
  const { body: task } = await getTask(host, await resolveTaskId(host, idText));
  const questions = task.input ?? [];
  if (questions.length === 0) throw new AppError('input_not_asked', `“${task.title}” asks for nothing.`);
  const { question, rest } = pickQuestion(questions, words);
  const given = givenAction(options, rest);
  if (given === undefined && shell.prompt !== undefined)
    return askEach(shell, host, task, question === undefined ? questions : [question]);
  if (question === undefined)
    throw new AppError(
      'invalid_request',
      `It asks ${questions.length} things. Say which: ${keysOf(questions)}.`,
      {
        fields: [{ field: 'KEY', expected: 'the key or the number of a question' }],
      },
    );
  if (given === undefined) {
    writeLines(shell.stderr, questionLines(task, question, shell.stderr.paint));
    throw missing(question);
  }
  const content = given === 'accept' && question.mode === 'form' ? contentOf(question, rest) : undefined;
  const sent = await sendAnswer(host, task.id, {
    key: question.key,
    action: given,
    ...(content === undefined ? {} : { content }),
  });
  shell.stdout.write(options.json ? `${sent.text.trimEnd()}\n` : `${ANSWERED[given]}\n`);
  return EXIT.ok;
}

/** What the command line says is to be done; undefined when it says nothing. */
function givenAction(options: AnswerOptions, words: readonly string[]): Answer['action'] | undefined {
  const { decline, putAway, done } = options;
  const ways = [decline, putAway, done || words.length > 0].filter((way) => way === true);
  if (ways.length > 1)
    throw new AppError('invalid_request', 'Answer, decline or put away: only one of these.', {
      fields: [{ field: '--decline', expected: 'no answer beside it' }],
    });
  if (decline) return 'decline';
  if (putAway) return 'cancel';
  return ways.length > 0 ? 'accept' : undefined;
}

function contentOf({ schema }: Question, words: readonly string[]) {
  const content = withDefaults(schema, answerContent(schema, words));
  const fields = checkContent(schema, content);
  if (fields.length === 0) return content;
  throw byOwnNames(new AppError('invalid_request', 'The answer does not fit the question.', { fields }));
}

/** Nobody can be asked here, so the answer has to stand on the command line. */
function missing({ mode, schema }: Question): AppError {
  const fields = mode === 'url' ? [] : checkContent(schema, withDefaults(schema));
  const words =
    mode === 'url'
      ? 'Open the address, and say --done when you have done it.'
      : fields.length === 0
        ? "Give the answer as name=value, or '{}' to take what is suggested."
        : 'The answer is missing.';
  return byOwnNames(new AppError('invalid_request', words, { fields }));
}

async function askEach(
  shell: Shell,
  host: Host,
  task: Task,
  questions: readonly Question[],
): Promise<number> {
  const prompt = shell.prompt!();
  const { paint } = shell.stderr;
  try {
    for (const question of questions) {
      const given = await askQuestion(task, question, { prompt, paint, open: openLink });
      if (given === undefined) {
        prompt.say('\n  It stays open.');
        return EXIT.interrupted;
      }
      await sendAnswer(host, task.id, given);
      prompt.say(`  ${ANSWERED[given.action]}`);
    }
    return EXIT.ok;
  } finally {
    prompt.close();
  }
}
