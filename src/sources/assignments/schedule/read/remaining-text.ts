/** What of a text is not understood yet. */
export interface RemainingText {
  /** Takes the first match out of the text; undefined leaves it as it is. */
  take(pattern: string): RegExpExecArray | undefined;
  /** Takes out every match. */
  takeAll(pattern: string): RegExpExecArray[];
  /** What is left, without the little words. */
  left(): string;
}

const LITTLE_WORDS = /\b(?:on|the|of|in|at|and|every|each|or|also|day|days)\b|[,;]/g;

export function remainingText(text: string): RemainingText {
  let rest = text;
  const take = (pattern: string) => {
    const match = new RegExp(pattern).exec(rest);
    if (match === null) return undefined;
    rest = `${rest.slice(0, match.index)} ${rest.slice(match.index + match[0].length)}`;
    return match;
  };
  return {
    take,
    takeAll(pattern) {
      const matches: RegExpExecArray[] = [];
      for (let match = take(pattern); match !== undefined; match = take(pattern)) matches.push(match);
      return matches;
    },
    left: () => rest.replaceAll(LITTLE_WORDS, ' ').replaceAll(/\s+/g, ' ').trim(),
  };
}
