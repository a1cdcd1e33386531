import type { Work } from '../../runtime/work.ts';
import { Report } from './report.ts';
import { walk } from './walk.ts';

const TELL_EVERY = 200;

/** The bytes of all files of a folder; tells meanwhile how many entries were found. */
export async function countTree(source: string, work: Work): Promise<number> {
  let bytes = 0;
  let entries = 0;
  const tell = () =>
    work.progress({ message: `Counting ${source}`, value: entries, unit: 'entries', phase: 'counting' });
  // What is left out is noted when it would be packed.
  for await (const { kind, stat } of walk(source, new Report(), work.signal)) {
    if (kind === 'file') bytes += stat.size;
    if (++entries % TELL_EVERY === 0) tell();
  }
  tell();
  return bytes;
}
