/** A piece of an answer: prose with code spans and bold words, or a block of code. Everything stays text. */
export type Block =
  | { readonly type: 'prose'; readonly spans: readonly Span[] }
  | { readonly type: 'code'; readonly text: string };

export interface Span {
  readonly style: 'plain' | 'code' | 'bold';
  readonly text: string;
}

/** Reads the small part of Markdown that the host's own answers use: fences, `code` and **bold**. */
export function readBlocks(text: string): readonly Block[] {
  const blocks: Block[] = [];
  for (const [index, piece] of text.split(/^```[^\n]*\n?/m).entries()) {
    const trimmed = piece.replace(/^\n+|\s+$/g, '');
    if (trimmed === '') continue;
    blocks.push(
      index % 2 === 1 ? { type: 'code', text: trimmed } : { type: 'prose', spans: readSpans(trimmed) },
    );
  }
  return blocks;
}

function readSpans(text: string): readonly Span[] {
  return text
    .split(/(`[^`\n]+`|\*\*[^*\n]+\*\*)/)
    .filter((piece) => piece !== '')
    .map((piece): Span => {
      if (/^`.+`$/.test(piece)) return { style: 'code', text: piece.slice(1, -1) };
      if (/^\*\*.+\*\*$/.test(piece)) return { style: 'bold', text: piece.slice(2, -2) };
      return { style: 'plain', text: piece };
    });
}
