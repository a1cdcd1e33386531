import type { Question, Work } from '../../runtime/work.ts';
import { type Mask, maskAll } from './mask.ts';

/** The same work, to which nothing secret can be told. */
export function maskedWork(work: Work, mask: Mask): Work {
  return {
    get signal() {
      return work.signal;
    },
    get stopReason() {
      return work.stopReason;
    },
    get canAsk() {
      return work.canAsk;
    },
    progress: (progress) => work.progress(maskAll(progress, mask)),
    output: (lines) => work.output(mask(lines)),
    // What can be answered is matched word for word later, so only what is shown is masked.
    ask: (key, question) => work.ask(key, shown(question, mask)),
  };
}

function shown(question: Question, mask: Mask): Question {
  return { ...question, message: mask(question.message) };
}
