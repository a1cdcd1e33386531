import { bytes, count, type Form, OF_PROGRAM, percent, row, soFar } from './form.ts';
import { sizeOf } from './size.ts';

const RSYNC =
  /^\s*[\d,.]+[KMGT]?\s+(\d{1,3})%\s+\S+\/s\s+[\d:]+(?:\s+\(xfr#\d+, (?:to-chk|ir-chk)=(\d+)\/(\d+)\))?/;

const SIZE = String.raw`\s+[\d.]+[kMGTP]?`;
const CURL = new RegExp(
  String.raw`^\s*(\d{1,3})\s+([\d.]+[kMGTP]?)\s+\d{1,3}\s+([\d.]+[kMGTP]?)\s+\d{1,3}\s+([\d.]+[kMGTP]?)${SIZE}${SIZE}${String.raw`\s+[\d:dhm-]+`.repeat(3)}${SIZE}\s*$`,
);

/** Programs that carry data from one place to another. */
export const TRANSFERS: readonly Form[] = [
  // `--progress`: every file counts from 0 to 100 % by itself, and its last line says how many are still to check.
  // 100 % with some still to check happens only there, so from then on the files are counted.
  row(
    'rsync --progress',
    RSYNC,
    ([, share, left, all]) =>
      share === '100' && left !== '' && left !== '0'
        ? count('rsync files', Number(all) - Number(left), all, 'files')
        : undefined,
    { strength: OF_PROGRAM + 1 },
  ),
  // `--info=progress2`: the percentage is that of everything. Also the first file under `--progress`.
  row('rsync --info=progress2', RSYNC, ([, share]) => percent('rsync', share)),
  // `Receiving objects:  45% (450/1000), 1.2 MiB | 3 MiB/s`, also with `remote: ` before it
  row(
    'git',
    /^(?:remote: )?([A-Z][a-z]+ ([a-z]+)): +\d{1,3}% \((\d+)\/(\d+)\)/,
    ([, phase, unit, done, all]) => count(phase!, done, all, unit),
  ),
  // ` 50 19.0M   50 9785k    0     0  8187k      0  0:00:02  0:00:01  0:00:01 8188k`: received, or sent
  row('curl', CURL, ([, , all, received, sent]) => {
    const total = sizeOf(all!, 1_024);
    const done = Math.max(sizeOf(received!, 1_024) ?? 0, sizeOf(sent!, 1_024) ?? 0);
    return total === 0 ? 'nothing' : bytes('curl', done, total);
  }),
  row('curl -#', /^#+\s+(\d{1,3}\.\d)%\s*$/, ([, share]) => percent('curl', share)),
  // `   50K .......... ..........  0% 1.24G 0s`
  row('wget, dots', /^\s*\d+[KMG] [ .,]+\s(\d{1,3})%/, ([, share]) => percent('wget', share)),
  // `file.iso   14%[=>    ] 4.05M`
  row('wget, bar', /^(\S.*?)\s+(\d{1,3})%\[[=+>< ]*\]\s/, ([, file, share]) =>
    percent(`wget ${file}`, share),
  ),
  // `[#d88306 12MiB/19MiB(63%) CN:1 DL:4.0MiB ETA:1s]`
  row('aria2c', /^\[#[\da-f]{6} ([\d.]+\w*B)\/([\d.]+\w*B)\(\d+%\)/, ([, done, all]) =>
    bytes('aria2c', sizeOf(done!), sizeOf(all!)),
  ),
  // `[download]  62.9% of   19.07MiB at    7.94MiB/s ETA 00:00`; with `~` the whole is a guess
  row('yt-dlp', /^\[download\]\s+([\d.]+)% of\s+(~?)\s*([\d.]+\w+)/, ([, share, guess, all]) => {
    const total = sizeOf(all!);
    if (guess !== '' || total === undefined) return percent('yt-dlp', share);
    return bytes('yt-dlp', Math.round((total * Number(share)) / 100), total);
  }),
  // `big.iso       2%  255KB 248.8KB/s   00:46 ETA`
  row('scp', /^(\S.*?)\s+(\d{1,3})%\s+[\d.]+\w*\s+[\d.]+\wB\/s\s+[\d:-]+(?: ETA)?\s*$/, ([, file, share]) =>
    percent(`scp ${file}`, share),
  ),
  // `━━━━━━━━╸━━━━ 12.5/20.0 MB 342.7 MB/s eta 0:00:01`
  row('pip', /^[\s━╸╺]+\s([\d.]+)\/([\d.]+) (\w?B)\b/, ([, done, all, unit]) =>
    bytes('pip', sizeOf(`${done} ${unit}`), sizeOf(`${all} ${unit}`)),
  ),
  // `20.0MiB 0:00:01 [19.7MiB/s] [==========>    ] 34% ETA 0:00:01`
  row(
    'pv',
    /^\s*([\d.]+ ?\w*B) [\d:]+ \[\s*[\d.]+\w*B\/s\](?: \[[=<> ]*\])?(?:\s*(\d{1,3})%)?/,
    ([, done, share]) => (share === '' ? soFar('pv', sizeOf(done!), 'bytes') : percent('pv', share)),
  ),
  // `10617225216 bytes (11 GB, 9.9 GiB) copied, 1 s, 10.6 GB/s`
  row('dd', /^(\d+) bytes(?: \(.*\))? (?:copied|transferred)/, ([, done]) =>
    soFar('dd', Number(done), 'bytes'),
  ),
];
