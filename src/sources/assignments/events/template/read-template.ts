/** A piece of a text: written as it is, or the value at a path. */
export type Piece = { readonly text: string } | { readonly path: string };

export type Template =
  | { readonly ok: true; readonly pieces: readonly Piece[] }
  | { readonly ok: false; readonly problem: string };

/** Reads a text with placeholders such as `{{event.path}}`. `{{{{` stands for two braces. */
export function readTemplate(text: string): Template {
  const pieces: Piece[] = [];
  let written = '';
  let at = 0;
  const flush = () => {
    if (written !== '') pieces.push({ text: written });
    written = '';
  };
  for (;;) {
    const open = text.indexOf('{{', at);
    written += text.slice(at, open < 0 ? undefined : open);
    if (open < 0) break;
    if (text.startsWith('{{{{', open)) {
      written += '{{';
      at = open + 4;
      continue;
    }
    const close = text.indexOf('}}', open);
    const path = close < 0 ? '' : text.slice(open + 2, close).trim();
    if (path === '' || path.includes('{') || path.length > 200)
      return {
        ok: false,
        problem: `{{ at character ${open + 1}: expected a name and }} after it, such as {{event.path}}; two braces are written as {{{{`,
      };
    flush();
    pieces.push({ path });
    at = close + 2;
  }
  flush();
  return { ok: true, pieces };
}

/** Whether anything stands in a text that is to be filled in. */
export const hasPlaceholders = (text: string): boolean => text.includes('{{');
