import { StringDecoder } from 'node:string_decoder';

/** The second half of a character, whose first half the cut has taken away. */
const HALF = /^[\udc00-\udfff]/;

/** The newest part of a text stream, as whole characters, in bounded memory. */
export interface TextTail {
  push(chunk: Buffer | string): void;
  text(): string;
}

export function textTail(maxChars: number): TextTail {
  const decoder = new StringDecoder('utf8');
  let held = '';
  return {
    push(chunk) {
      held += typeof chunk === 'string' ? chunk : decoder.write(chunk);
      if (held.length > maxChars * 2) held = held.slice(-maxChars);
    },
    text: () => stripControl(held.slice(-maxChars).replace(HALF, '')).trim(),
  };
}

/** Takes out terminal colours and other control characters; line breaks and tabs stay. */
export function stripControl(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes
  return text.replace(/\u001b\[[0-9;?]*[ -/]*[@-~]|[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
}
