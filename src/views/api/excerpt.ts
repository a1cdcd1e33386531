/** So much of a text is shown around the first word that was found. */
const BEFORE = 40;
const CHARS = 160;
const MOST_FOUND = 20;

export interface Excerpt {
  readonly text: string;
  /** Where the words stand in it, as offsets. */
  readonly found: readonly { readonly from: number; readonly to: number }[];
}

/** A piece of a text in which the words that were sought stand. Beginnings of words count, neither case nor accents. */
export function excerptOf(text: string, sought: string): Excerpt {
  const wanted = wordsIn(sought).map(({ plain }) => plain);
  const words = wordsIn(text).filter(({ plain }) => wanted.some((each) => plain.startsWith(each)));
  const first = words[0]?.from ?? 0;
  const from = first <= BEFORE ? 0 : wordStart(text, first - BEFORE);
  const to = from + CHARS >= text.length ? text.length : wordStart(text, from + CHARS);
  const [start, end] = [from > 0 ? '… ' : '', to < text.length ? ' …' : ''];
  const piece = text.slice(from, to).trimEnd();
  const shift = start.length - from;
  return {
    // Breaks of lines are blanks of the same length, so that the places stay.
    text: `${start}${piece.replace(/\s/g, ' ')}${end}`,
    found: words
      .filter((word) => word.from >= from && word.to <= to)
      .slice(0, MOST_FOUND)
      .map((word) => ({ from: word.from + shift, to: word.to + shift })),
  };
}

const WORD = /[\p{L}\p{N}\p{M}]+/gu;

function wordsIn(text: string): { readonly plain: string; readonly from: number; readonly to: number }[] {
  return [...text.matchAll(WORD)].map(({ 0: word, index }) => ({
    plain: word
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase(),
    from: index,
    to: index + word.length,
  }));
}

/** The beginning of the word at or after this place, unless it is far away. */
function wordStart(text: string, at: number): number {
  const blank = text.slice(at, at + 20).search(/\s/);
  const place = blank < 0 ? at : at + blank + 1;
  // Never in the middle of a surrogate pair.
  return /[\udc00-\udfff]/.test(text[place] ?? '') ? place + 1 : place;
}
