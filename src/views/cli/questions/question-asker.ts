import type { Question, Task } from '../../../task/task.ts';
import { openLink } from '../browser/open-link.ts';
import type { Host } from '../client/find-host.ts';
import { errorText } from '../error-text.ts';
import { answerCommand, questionId } from '../render/question-lines.ts';
import { isActive } from '../render/status-look.ts';
import type { Shell } from '../terminal/shell.ts';
import type { TaskDisplay } from '../terminal/task-display.ts';
import { askQuestion } from './ask-question.ts';
import { ANSWERED, sendAnswer } from './send-answer.ts';

/** Asks what a followed task asks, right where it is followed. */
export interface QuestionAsker {
  /** Told of each change of the task. */
  saw(task: Task): void;
  /** Calls off what is being asked. */
  close(): Promise<void>;
}

/** Undefined where nobody sits at a terminal. */
export function questionAsker(
  shell: Shell,
  find: () => Promise<Host>,
  display: TaskDisplay,
): QuestionAsker | undefined {
  const { prompt: openPrompt } = shell;
  if (openPrompt === undefined) return undefined;
  const { paint } = shell.stderr;
  const asked = new Set<string>();
  let task: Task | undefined;
  let current: { id: string; stop: AbortController; done: Promise<void> } | undefined;

  const isOpen = (id: string): boolean =>
    task !== undefined && isActive(task) && (task.input ?? []).some((each) => questionId(each) === id);

  async function put(about: Task, question: Question, stop: AbortController): Promise<void> {
    display.pause();
    const prompt = openPrompt!(stop.signal);
    try {
      for (;;) {
        const answer = await askQuestion(about, question, { prompt, paint, open: openLink });
        if (answer === undefined) {
          const open = isOpen(questionId(question)) && !stop.signal.aborted;
          prompt.say(
            open ? `\n  It stays open. ${answerCommand(about, question)}` : '\n  It is not asked any more.',
          );
          return;
        }
        try {
          await sendAnswer(await find(), about.id, answer);
          return prompt.say(`  ${ANSWERED[answer.action]}`);
        } catch (error) {
          prompt.say(paint(errorText(error).trimEnd(), 'red'));
          if (!isOpen(questionId(question))) return;
        }
      }
    } finally {
      prompt.close();
      display.resume();
    }
  }

  function next(): void {
    if (current !== undefined || task === undefined || !isActive(task)) return;
    const question = (task.input ?? []).find((each) => !asked.has(questionId(each)));
    if (question === undefined) return;
    const id = questionId(question);
    asked.add(id);
    const stop = new AbortController();
    const done = put(task, question, stop).finally(() => {
      current = undefined;
      next();
    });
    current = { id, stop, done };
  }

  return {
    saw(newest) {
      task = newest;
      if (current !== undefined && !isOpen(current.id)) current.stop.abort();
      next();
    },
    async close() {
      task = undefined;
      current?.stop.abort();
      await current?.done;
    },
  };
}
