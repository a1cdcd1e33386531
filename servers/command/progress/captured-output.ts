import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { NewestLines } from '../../runtime/output/newest-lines.ts';
import { toReturns } from '../../runtime/output/redraws.ts';
import { detect, NOTHING_DETECTED } from './detector.ts';
import type { Reading } from './form.ts';

const FOLDER = path.join(import.meta.dirname, 'captured');

/** The programs whose output was kept as they printed it; only the middle of what repeats is left out. */
export const CAPTURED = readdirSync(FOLDER).map((name) => name.replace(/\.txt$/, ''));

/** What one of them printed; in the file control characters stand as ␍, ␛ and ␈. */
export function captured(name: string): string {
  const [, ...lines] = readFileSync(path.join(FOLDER, `${name}.txt`), 'utf8').split('\n');
  return lines.join('\n').replaceAll('␍', '\r').replaceAll('␛', '\x1b').replaceAll('␈', '\b');
}

/** All readings that a run with this output gives. */
export function readingsOf(output: string): Reading[] {
  let state = NOTHING_DETECTED;
  const newest = new NewestLines();
  const found: Reading[] = [];
  for (const piece of output.split(/(?<=[\r\n])/)) {
    newest.add(toReturns(piece));
    for (const line of newest.take()) {
      const step = detect(state, line);
      state = step.state;
      if (step.reading) found.push(step.reading);
    }
  }
  return found;
}
