/** The newest part of a text stream, as whole characters, in bounded memory. */
export interface TextTail {
  push(chunk: Buffer | string): void;
  text(): string;
}

export function textTail(maxChars: number): TextTail {
  let held = '';
  return {
    push(chunk) {
      held += chunk.toString();
      if (held.length > maxChars * 2) held = held.slice(-maxChars);
    },
    text: () => stripControl(held.slice(-maxChars)).trim(),
  };
}

/** Takes out terminal colours and other control characters; line breaks and tabs stay. */
export function stripControl(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes
  return text.replace(/\u001b\[[0-9;?]*[ -/]*[@-~]|[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
}
