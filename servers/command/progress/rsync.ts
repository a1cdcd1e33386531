import { count, type Form, percent } from './form.ts';

const LINE =
  /^\s*[\d,.]+[KMGT]?\s+(\d{1,3})%\s+\S+\/s\s+[\d:]+(?:\s+\(xfr#\d+, (?:to-chk|ir-chk)=(\d+)\/(\d+)\))?/;

/** `--info=progress2`: the percentage is that of everything. Also the first file under `--progress`. */
export const rsync: Form = {
  name: 'rsync',
  strength: 3,
  read(line) {
    const match = LINE.exec(line);
    return match ? percent('rsync', match[1]) : undefined;
  },
};

/**
 * `--progress`: every file counts from 0 to 100 % by itself, and its last line says how many are still to check.
 * 100 % with some still to check happens only there, so from then on the files are counted.
 */
export const rsyncFiles: Form = {
  name: 'rsync files',
  strength: 4,
  read(line) {
    const [, percentage, left, all] = LINE.exec(line) ?? [];
    if (percentage !== '100' || left === undefined || left === '0') return undefined;
    return count('rsync files', String(Number(all) - Number(left)), all);
  },
};
