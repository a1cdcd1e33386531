/**
 * What a program seems to wait at, from the end of its output: a line that wants something typed. `sure` when it can
 * hardly be anything else; `maybe` when it only ends in a question and was not finished. `undefined` otherwise.
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
  if (SURE.some((pattern) => pattern.test(line))) return { line, isSure: true };
  return !isFinished && MAYBE.test(line) ? { line, isSure: false } : undefined;
}

const MAX_LENGTH = 300;

const SURE = [
  /[[(]\s*y(?:es)?\s*\/\s*n(?:o)?(?:\s*\/[^\])]*)?\s*[\])]\W*$/i, // [y/N], (yes/no), [Y/n/a]?
  /\b(?:password|passphrase|passcode|username|otp|api key)\b[^.!]*:$/i,
  /\bpress (?:any key|enter|return)\b/i,
  /\b(?:hit|press) \[?(?:enter|return)\]?\b/i,
];
// A colon is none: `Running the tests: ` may stand for minutes. Such a prompt meets the end of file or the idle limit.
const MAYBE = /\?$/;
