/**
 * What a program seems to wait at, from the end of its output: a line that wants something typed. `isSure` when it can
 * hardly be anything else: it looks like it and is not finished. Otherwise it may just be text that says such a thing.
 */
export function promptLine(output: string): { line: string; isSure: boolean } | undefined {
  const isFinished = /\n\s*$/.test(output);
  const line =
    output
      .trimEnd()
      .split(/[\r\n]+/)
      .at(-1)
      ?.trim() ?? '';
  if (line === '' || line.length > MAX_LENGTH) return undefined;
  if (PROMPTS.some((pattern) => pattern.test(line))) return { line, isSure: !isFinished };
  return !isFinished && line.endsWith('?') ? { line, isSure: false } : undefined;
}

const MAX_LENGTH = 300;

// A bare colon is none: `Running the tests: ` may stand for minutes. Such a prompt meets the end of file or the idle limit.
const PROMPTS = [
  /[[(]\s*y(?:es)?\s*\/\s*n(?:o)?(?:\s*\/[^\])]*)?\s*[\])]\W*$/i, // [y/N], (yes/no), [Y/n/a]?
  /\b(?:password|passphrase|passcode|username|otp|api key)\b[^.!]*:$/i,
  /^\W*(?:please )?(?:press|hit) \[?(?:any key|enter|return)\b/i,
];
