/**
 * A `pattern` comes from the server, and a regular expression can be made to run for years. So it is used only
 * where the steps it may take are few; elsewhere it is left to the server, which checks its own answer anyway.
 */
export const PATTERN_CHARS = 500;
/** Steps of backtracking that are allowed at most: some milliseconds. */
export const PATTERN_STEPS = 5_000_000;

/**
 * Whether the text fits the pattern.
 * @returns undefined where that cannot be told safely: the pattern is too long, broken, or may take too many steps
 */
export function fitsPattern(pattern: string, text: string): boolean | undefined {
  const freedom = freedomOf(pattern);
  // One more for the place where the match begins.
  if (freedom === undefined || (text.length + 1) ** (freedom + 1) > PATTERN_STEPS) return undefined;
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return undefined;
  }
}

/** A group that is open: how many of its parts may match in several ways, and whether it has alternatives. */
interface Group {
  freedom: number;
  choices: number;
}

/**
 * How many parts of a pattern may each match several lengths of the text: n of them take at most length^n steps.
 * @returns undefined for what may take more (repeats inside of repeats) or looks around or back
 */
export function freedomOf(pattern: string): number | undefined {
  if (pattern.length > PATTERN_CHARS) return undefined;
  const open: Group[] = [{ freedom: 0, choices: 0 }];
  let at = 0;
  while (at < pattern.length) {
    const here = open.at(-1) as Group;
    const char = pattern[at] as string;
    let inside: Group | undefined;
    at += 1;
    if (char === '(') {
      if (pattern[at] === '?') {
        if (pattern[at + 1] !== ':') return undefined;
        at += 2;
      }
      open.push({ freedom: 0, choices: 0 });
      continue;
    }
    if (char === '|') {
      here.choices += 1;
      continue;
    }
    if (char === ')') {
      inside = open.pop();
      if (open.length === 0) return undefined;
    } else if (char === '[') {
      const end = endOfClass(pattern, at);
      if (end === undefined) return undefined;
      at = end;
    } else if (char === '\\') {
      if (/[1-9k]/.test(pattern[at] ?? '')) return undefined;
      at += 1;
    }
    const times = /^(?:([*+?])|\{(\d{1,6})(,?)(\d{0,6})\})\??/.exec(pattern.slice(at, at + 20));
    at += times?.[0].length ?? 0;
    const added = freedomOfRepeat(inside, times);
    if (added === undefined) return undefined;
    (open.at(-1) as Group).freedom += added;
  }
  return open.length === 1 ? (open[0] as Group).freedom : undefined;
}

function freedomOfRepeat(inside: Group | undefined, times: RegExpExecArray | null): number | undefined {
  const within = inside === undefined ? 0 : inside.freedom + (inside.choices > 0 ? 1 : 0);
  if (times === null) return within;
  const [, sign, least = '', comma, most = ''] = times;
  if (sign === '?') return within + 1;
  const endless = sign !== undefined || (comma === ',' && most === '');
  if (endless) return within === 0 ? 1 : undefined;
  const count = Number(comma === ',' ? most : least);
  return within * count + (comma === ',' ? 1 : 0);
}

function endOfClass(pattern: string, from: number): number | undefined {
  for (let at = from; at < pattern.length; at += 1) {
    if (pattern[at] === '\\') at += 1;
    else if (pattern[at] === ']') return at + 1;
  }
  return undefined;
}
