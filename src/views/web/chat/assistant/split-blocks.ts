/* A text that grows is cut where nothing that comes later can change what stands before. */

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
/** `[name]: address` may be meant from anywhere in the text. */
const DEFINITION = /^ {0,3}\[[^\]]+\]:/m;
/** A line that goes on with what stands above a blank line: items and what is indented under them. */
const GOES_ON = /^(\s|[-*+] |\d{1,9}[.)] |>|\|)/;
const ITEM = /^([-*+]|\d{1,9}[.)]) /;
/** A list that is longer is cut between items: what follows is a list of its own, which looks the same. */
const LONG_LIST = 2_000;

/**
 * Cuts Markdown into pieces that can be rendered one by one, so that while an answer grows only the last piece is read
 * anew. Quotes, tables, blocks of code and all but very long lists stay whole.
 */
export function splitBlocks(text: string): readonly string[] {
  if (DEFINITION.test(text)) return [text];
  const blocks: string[] = [];
  let block: string[] = [];
  let length = 0;
  let fence: string | undefined;
  let blank = false;
  for (const line of text.split('\n')) {
    const mark = FENCE.exec(line)?.[1];
    const isNew = blank && line.trim() !== '' && !GOES_ON.test(line);
    const isNext = length > LONG_LIST && ITEM.test(line) && ITEM.test(block[0] ?? '');
    if (fence === undefined && (isNew || isNext)) {
      blocks.push(block.join('\n'));
      block = [];
      length = 0;
    }
    if (mark !== undefined) {
      if (fence === undefined) fence = mark;
      else if (mark.startsWith(fence) && line.trim() === mark) fence = undefined;
    }
    if (block.length > 0 || line.trim() !== '') {
      block.push(line);
      length += line.length;
    }
    blank = fence === undefined && line.trim() === '';
  }
  if (block.length > 0) blocks.push(block.join('\n'));
  return blocks;
}
