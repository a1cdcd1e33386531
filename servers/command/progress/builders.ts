import { count, type Form, OF_PROGRAM, percent, row, soFar } from './form.ts';
import { sizeOf } from './size.ts';

const secondsOf = (text: string): number => text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);

/** Programs that build, test, install and compute. */
export const BUILDERS: readonly Form[] = [
  // `Progress: [ 45%] [#####....]`, the last line of the screen
  row('apt', /^Progress: \[\s*(\d{1,3})%\]/, ([, share]) => percent('apt', share), {
    strength: OF_PROGRAM + 1,
  }),
  // `#9 [build 3/7] RUN npm ci` (BuildKit) and `Step 3/7 : RUN npm ci`: step 3 has begun, so 2 are done
  row('docker build', /^(?:#\d+ \[(?:(\S+) +)?(\d+)\/(\d+)\] |Step (\d+)\/(\d+) : )/, (match) => {
    const [, stage, step, all, classicStep, classicAll] = match;
    return count(`docker build ${stage}`, Number(step || classicStep) - 1, all || classicAll, 'steps');
  }),
  // pytest (`test_a.py .....   [ 45%]`), cmake and others (`[ 45%] Building C object`)
  row('[nn%]', /^\[\s*(\d{1,3})%\](?=\s)|\s\[\s*(\d{1,3})%\]\s*$/, ([, first, last]) =>
    percent('[%]', first || last),
  ),
  // `[3/9] Building C object f3.c.o`
  row('ninja', /^\[(\d+)\/(\d+)\] \S/, ([, done, all]) => count('[n/m]', done, all, 'steps'), {
    needsConfirmation: true,
  }),
  // `    Building [======>     ] 3/5: a, app(bin)`
  row(
    'cargo',
    /^\s*(Building|Checking|Downloading|Compiling) \[[=> ]*\] (\d+)\/(\d+)/,
    ([, phase, done, all]) => count(`cargo ${phase}`, done, all, 'crates'),
  ),
  // `3/4 c OK   0.02s` (meson test), ` 3/10 Test  #3: name ....   Passed    0.01 sec` (ctest)
  row(
    'meson test, ctest',
    /^\s*(\d+)\/(\d+) (?:Test +#\d+: )?\S.*(?:\b(?:OK|FAIL|SKIP|TIMEOUT|ERROR|EXPECTEDFAIL|Passed)|\*\*\*\w[\w ]*)\s+[\d.]+ ?s(?:ec)?\b/,
    ([, done, all]) => count('tests', done, all, 'tests'),
  ),
  // `epoch:  12%|█▏        | 6/50 [00:00<00:02, 19.86it/s]`, `|  250k/5.00M [00:00<00:01, 2.50MB/s]`
  row(
    'tqdm',
    /^(.*?):?\s*\d{1,3}%\|.*\| *([\d.]+\w?)\/([\d.]+\w?) \[[\d:]+<[^,]*,\s*[\d.?]*(?:s\/|[kMGTP]?)(\w+)/,
    (match) => {
      const [, phase, done, all, unit] = match;
      return count(`tqdm ${phase}`, sizeOf(done!), sizeOf(all!), tqdmUnit(unit!));
    },
  ),
  // `12it [00:00, 19.90it/s]`
  row('tqdm without a total', /^(?:.*: )?(\d+)(\w+) \[[\d:]+, [\d.?]*\s*\w+\/s\]$/, ([, done, unit]) =>
    soFar('tqdm', Number(done), tqdmUnit(unit!)),
  ),
  // `25% 2:6=0s 4`: done and left
  row('parallel --bar', /^(\d{1,3})% (\d+):(\d+)=\d*\w*/, ([, , done, left]) =>
    count('parallel', done, Number(done) + Number(left), 'jobs'),
  ),
  // `ETA: 0s Left: 6 AVG: 0.00s  local:2/2/100%/0.5s`
  row('parallel --eta', /^ETA: \d+\w? Left: \d+ AVG:/, () => 'nothing'),
  ffmpeg(),
];

const tqdmUnit = (unit: string): string =>
  ({ it: 'iterations', B: 'bytes' })[unit] ?? (unit.endsWith('s') ? unit : `${unit}s`);

/** `time=00:00:12.40`, of a `Duration: 00:00:20.00,` that stood before it; `frame= 1 … time=N/A` at the beginning. */
function ffmpeg(): Form {
  return {
    name: 'ffmpeg',
    strength: OF_PROGRAM,
    note(line) {
      const duration = /^\s*Duration: (\d+:\d\d:\d\d\.\d+),/.exec(line)?.[1];
      return duration === undefined ? undefined : secondsOf(duration);
    },
    read(line, duration) {
      const time = /^(?:frame|size)=.*\btime=(-?\d+:\d\d:\d\d\.\d+)/.exec(line)?.[1];
      if (time === undefined) return undefined;
      const done = secondsOf(time);
      if (duration === undefined) return soFar('ffmpeg', done, 'seconds');
      return count('ffmpeg', Math.min(done, duration), duration, 'seconds');
    },
  };
}
