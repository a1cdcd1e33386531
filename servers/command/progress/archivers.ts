import { bytes, type Form, percent, row, soFar } from './form.ts';
import { sizeOf } from './size.ts';

/** Programs that pack, unpack and back up. Percentages that say how small something became are no progress. */
export const ARCHIVERS: readonly Form[] = [
  // `Read: 1.000 MiB /  11.4 MiB ==> 100%`: the percentage is that of the size
  row('zstd', /^Read:\s+([\d.]+ +\w*B) \/\s+([\d.]+ +\w*B) ==>/, ([, done, all]) =>
    bytes('zstd', sizeOf(done!), sizeOf(all!)),
  ),
  // `(L19) Buffered: 41.2 MiB - Consumed: 16.0 MiB - Compressed: 16.0 MiB => 100.00%`
  row('zstd -v', /^\(L\d+\) Buffered:.* - Consumed:\s*([\d.]+ +\w*B) - /, ([, done]) =>
    soFar('zstd', sizeOf(done!), 'bytes'),
  ),
  row('zstd, at the end', /^\S.*:\s*[\d.]+%\s+\(.* => .*\)\s*$/, () => 'nothing'),
  // `  2.4 %      1.3 MiB / 1.4 MiB = 0.976   735 KiB/s   0:02   50 s`
  row('xz', /^\s*([\d.]+|---) %\s+[\d.,]+ \w*B \/ ([\d.,]+ \w*B)(?: = |\s)/, ([, share, unpacked]) =>
    share === '---' ? soFar('xz', sizeOf(unpacked!), 'bytes') : percent('xz', share),
  ),
  // ` 45% 3 + folder/file`; `-` when unpacking, `=` and others when testing
  row('7z', /^\s{0,2}(\d{1,3})%(?: \d+)?(?: [+\-=TUR.] .*)?\s*$/, ([, share]) => percent('7z', share), {
    needsConfirmation: true,
  }),
  // `tar: Write checkpoint 1000`: a record each, of 10,240 bytes unless told otherwise
  row('tar --checkpoint', /^\S*tar: (?:Write|Read) checkpoint (\d+)/, ([, done]) =>
    soFar('tar', Number(done), 'records'),
  ),
  // `tar: W: 3061760 (3.0MiB, 14MiB/s)`
  row('tar, totals at checkpoints', /^\S*tar: [RW]: (\d+) \(/, ([, done]) =>
    soFar('tar', Number(done), 'bytes'),
  ),
  // `  adding: tree/f6 (deflated 12%)`
  row('zip', /^\s*(?:adding|updating|freshening): .* \((?:deflated|stored) -?\d+%\)/, () => 'nothing'),
  // `[0:01] 54.66%  5 files 43.788 MiB, total 7 files 80.109 MiB, 0 errors ETA 0:01`; without % it still counts
  row(
    'restic',
    /^\[[\d:]+\] (?:([\d.]+)%\s+)?\d+ files,? ([\d.]+ \w*B)(?:, total \d+ files ([\d.]+ \w*B))?/,
    ([, share, done, all]) =>
      share === '' ? soFar('restic', sizeOf(done!), 'bytes') : bytes('restic', sizeOf(done!), sizeOf(all!)),
  ),
  // `20.00 MB O 20.00 MB C 20.00 MB D 4 N tree/f2`
  row('borg', /^([\d.]+ \w*B) O [\d.]+ \w*B C [\d.]+ \w*B D \d+ N /, ([, done]) =>
    soFar('borg', sizeOf(done!), 'bytes'),
  ),
];
