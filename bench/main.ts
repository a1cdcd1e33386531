import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from './report/figure.ts';
import { ratioOf } from './report/figure.ts';
import { inOneLine, thisMachine } from './report/machine.ts';
import { table } from './report/table.ts';
import { ROOT } from './rig/paths.ts';
import { assignments } from './scenes/assignments.ts';
import { assistant } from './scenes/assistant.ts';
import { calls } from './scenes/calls.ts';
import { commandRun } from './scenes/command-run.ts';
import { disk } from './scenes/disk.ts';
import { filesSync } from './scenes/files-sync.ts';
import { type FilledFolder, filledFolder } from './scenes/filled-folder.ts';
import { gitClone } from './scenes/git-clone.ts';
import { million } from './scenes/million.ts';
import { progress } from './scenes/progress.ts';
import type { Scene } from './scenes/scene.ts';
import { start } from './scenes/start.ts';

const SCENES: Readonly<Record<string, Scene>> = {
  disk,
  calls,
  progress,
  million,
  start,
  'command-run': commandRun,
  'files-sync': filesSync,
  'git-clone': gitClone,
  assignments,
  assistant,
};
const LONGEST_MS = 20 * 60_000;

/*
 * npm run bench [-- quick] [scene …]: runs the scenes one after the other, prints one table, and writes
 * dist/bench.json. Everything goes over loopback and temporary folders, which are gone afterwards.
 */

const shared = new AsyncDisposableStack();
let open = new AsyncDisposableStack();
let many: Promise<FilledFolder> | undefined;

let leaving: Promise<never> | undefined;

/** Takes back whatever is open, once, and ends with the first status given. */
function leave(status: number): Promise<never> {
  leaving ??= (async () => {
    await open.disposeAsync();
    await shared.disposeAsync();
    process.exit(status);
  })();
  return leaving;
}

for (const [signal, status] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)
  process.once(signal, () => void leave(status));
process.once('uncaughtException', (error) => {
  if (leaving === undefined) console.error(error);
  void leave(1);
});
setTimeout(() => {
  console.error('The bench takes too long and is ended.');
  void leave(1);
}, LONGEST_MS).unref();

const words = process.argv.slice(2);
const quick = words.includes('quick');
const names = words.filter((word) => word !== 'quick');
const unknown = names.find((name) => SCENES[name] === undefined);
if (unknown !== undefined) {
  console.error(`There is no scene “${unknown}”. There are: ${Object.keys(SCENES).join(', ')}.`);
  process.exit(2);
}

const machine = thisMachine();
console.log(`${inOneLine(machine)}${quick ? ' (quick: for a look, not for the record)' : ''}\n`);
const figures: Figure[] = [];
try {
  for (const [name, scene] of Object.entries(SCENES)) {
    if (names.length > 0 && !names.includes(name)) continue;
    const startedMs = performance.now();
    const say = (text: string) => console.log(`${name}: ${text} …`);
    const filled = () => (many ??= filledFolder({ quick, open: shared, say }));
    figures.push(...(await scene({ quick, open, filled, say })));
    await open.disposeAsync();
    open = new AsyncDisposableStack();
    console.log(`${name}: ${((performance.now() - startedMs) / 1_000).toFixed(1)} s`);
  }
} catch (error) {
  if (leaving === undefined) console.error(error);
  await leave(1);
}

console.log(`\n${table(figures)}\n`);
mkdirSync(join(ROOT, 'dist'), { recursive: true });
const results = figures.map((figure) => ({ ...figure, ratio: ratioOf(figure) }));
writeFileSync(
  join(ROOT, 'dist/bench.json'),
  `${JSON.stringify({ at: new Date().toISOString(), quick, machine, figures: results }, null, 2)}\n`,
);
await leave(0);
