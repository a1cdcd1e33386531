import { RE2JS } from 're2js';
import { Refusal } from '../../runtime/tool.ts';

/** Whether a path from the top of a search or listing, with `/` between the names, is meant. */
export type PathTest = (path: string) => boolean;

/**
 * Reads a pattern of file names: `*` and `?` within a name, `**` over folders, `[a-z]`, `[!a-z]`, `{one,two}`. A
 * pattern without `/` is for the name alone, in every folder. Matched in linear time whatever the pattern is.
 * @throws {Refusal} naming `field`
 */
export function readGlob(field: string, glob: string): PathTest {
  let expression: RE2JS;
  try {
    expression = RE2JS.compile(`^(?:${translated(glob)})$`, RE2JS.DOTALL);
  } catch {
    throw new Refusal(`${field}: expected a pattern such as "*.txt" or "src/**/*.ts", not "${glob}"`);
  }
  if (glob.includes('/')) return (path) => expression.test(path);
  return (path) => expression.test(path.slice(path.lastIndexOf('/') + 1));
}

/** A glob as a regular expression. Braces and brackets that are not closed mean themselves. */
function translated(glob: string): string {
  let out = '';
  let depth = 0;
  for (let at = 0; at < glob.length; at++) {
    const sign = glob[at]!;
    if (sign === '*' && glob[at + 1] === '*') {
      const isWholeName =
        (at === 0 || glob[at - 1] === '/') && (glob[at + 2] === '/' || at + 2 === glob.length);
      if (isWholeName && glob[at + 2] === '/') out += '(?:[^/]+/)*';
      else out += isWholeName ? '.*' : '[^/]*';
      at += isWholeName && glob[at + 2] === '/' ? 2 : 1;
    } else if (sign === '*') out += '[^/]*';
    else if (sign === '?') out += '[^/]';
    else if (sign === '[' && glob.indexOf(']', at + 2) > 0) {
      const end = glob.indexOf(']', at + 2);
      const inside = glob.slice(at + 1, end).replace(/[\\[\]^]/g, '\\$&');
      out += inside.startsWith('!') ? `[^/${inside.slice(1)}]` : `[${inside}]`;
      at = end;
    } else if (sign === '{' && glob.indexOf('}', at) > 0) {
      out += '(?:';
      depth++;
    } else if (sign === '}' && depth > 0) {
      out += ')';
      depth--;
    } else if (sign === ',' && depth > 0) out += '|';
    else if (sign === '\\' && at + 1 < glob.length) out += RE2JS.quote(glob[++at]!);
    else out += RE2JS.quote(sign);
  }
  return out;
}
