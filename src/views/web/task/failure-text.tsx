import type { Failure } from '../data/types.ts';
import { plainText } from '../text/plain.ts';
import { failureWords } from './view.ts';

interface FailureTextProps {
  readonly failure: Failure;
  /** Text that stands beside it anyway, and need not be said twice. */
  readonly beside?: string | undefined;
}

/** Why a task failed. */
export function FailureText({ failure, beside }: FailureTextProps) {
  const { words, said } = failureWords(failure);
  const text = said === undefined ? '' : plainText(said).trim();
  const shown = text !== '' && text !== plainText(beside ?? '').trim();
  return (
    <>
      <p className="font-medium break-words">{plainText(words)}</p>
      {shown && <p className="mt-0.5 break-words whitespace-pre-wrap">{text}</p>}
    </>
  );
}
