import type { Answer, Progress, Question, StopReason, Work } from '../work.ts';

/** Work for tests of a tool without a client: keeps what is told, and is stopped and answered by the test. */
export interface RecordedWork extends Work {
  readonly told: Progress[];
  /** All output so far. */
  readonly text: () => string;
  readonly asked: { readonly key: string; readonly question: Question }[];
  stop(reason?: StopReason): void;
}

/** @param answer what a question is answered with; without it nobody can be asked */
export function recordedWork(answer?: (key: string, question: Question) => Promise<Answer>): RecordedWork {
  const controller = new AbortController();
  const told: Progress[] = [];
  const asked: RecordedWork['asked'] = [];
  let text = '';
  let stopReason: StopReason | undefined;
  return {
    signal: controller.signal,
    get stopReason() {
      return stopReason;
    },
    told,
    asked,
    text: () => text,
    progress: (progress) => void told.push(progress),
    output(lines) {
      text += lines;
    },
    canAsk: answer !== undefined,
    async ask(key, question) {
      asked.push({ key, question });
      if (answer === undefined) throw new Error('the test answers no questions');
      const stopped = new Promise<never>((_resolve, reject) => {
        controller.signal.addEventListener('abort', () => reject(controller.signal.reason), { once: true });
      });
      return Promise.race([answer(key, question), stopped]);
    },
    stop(reason = 'cancelled') {
      stopReason ??= reason;
      controller.abort(new Error(reason));
    },
  };
}
