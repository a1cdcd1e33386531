/** The ends of lines behind which programs wait for an answer. */
const ASKING =
  /\[[^\]]*\/[^\]]*\]|\((?:yes|y)\/(?:no|n)[^)]*\)|\?|>>>|^>|\b(?:password|passphrase|name|email|login)\b.*:/i;
const SECRET = /pass(?:word|phrase|wd|code)|\bPIN\b|\bsecret\b|\btoken\b|\bOTP\b|api key|verification code/i;

/** Whether a line without an end looks like a question; weaker than being seen to read. */
export function looksLikePrompt(line: string): boolean {
  const text = line.trim();
  const found = [...text.matchAll(new RegExp(ASKING, 'gi'))].at(-1);
  return found !== undefined && /^[\s:>?]*$/.test(text.slice(found.index + found[0].length));
}

/** Whether a line asks for something that must not be typed into a form. */
export const asksForSecret = (line: string): boolean => SECRET.test(line);
