import { RE2JS } from 're2js';

/** Whether a text is meant. */
export type TextTest = (text: string) => boolean;

const PATTERN_CHARS = 1_000;
const KEPT = 200;

const kept = new Map<string, TextTest>();

/**
 * A regular expression of a person. Read by RE2, which takes time in proportion to the text whatever the expression
 * is, so it can hang nothing; it has no references back and no looking around.
 * @throws {Error} what was expected
 */
export function readExpression(source: string): TextTest {
  return keep(`expression ${source}`, () => {
    try {
      if (source.length > PATTERN_CHARS) throw new Error(`longer than ${PATTERN_CHARS} characters`);
      const expression = RE2JS.compile(source);
      return (text) => expression.test(text);
    } catch (error) {
      throw new Error(
        `expected a regular expression without references back and lookaround (RE2): ${(error as Error).message}`,
      );
    }
  });
}

/**
 * A pattern of names: `*` and `?` within a name, `**` over folders, `[a-z]`, `[!a-z]`, `{one,two}`. Without `/` it is
 * for the last name alone. Becomes an expression of RE2, because those of glob libraries can be made to hang.
 * @throws {Error} what was expected
 */
export function readGlob(glob: string): TextTest {
  return keep(`glob ${glob}`, () => {
    let expression: RE2JS;
    try {
      if (glob === '' || glob.length > PATTERN_CHARS) throw new Error();
      expression = RE2JS.compile(`^(?:${translated(glob)})$`, RE2JS.DOTALL);
    } catch {
      throw new Error(
        `expected a pattern such as "*.txt" or "/home/me/**/*.pdf", not "${glob.slice(0, 100)}"`,
      );
    }
    const isOfName = !glob.includes('/');
    return (text) => expression.test(isOfName ? text.slice(text.lastIndexOf('/') + 1) : text);
  });
}

/** A glob as a regular expression. Braces and brackets that are not closed mean themselves. */
function translated(glob: string): string {
  let out = '';
  let depth = 0;
  for (let at = 0; at < glob.length; at++) {
    const sign = glob[at]!;
    if (sign === '*' && glob[at + 1] === '*') {
      const isWhole = (at === 0 || glob[at - 1] === '/') && (glob[at + 2] === '/' || at + 2 === glob.length);
      const overFolders = isWhole && glob[at + 2] === '/';
      out += overFolders ? '(?:[^/]+/)*' : isWhole ? '.*' : '[^/]*';
      at += overFolders ? 2 : 1;
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

/** Making one costs more than using it; the oldest are forgotten. */
function keep(key: string, make: () => TextTest): TextTest {
  const found = kept.get(key);
  if (found !== undefined) return found;
  const made = make();
  kept.set(key, made);
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  return made;
}
