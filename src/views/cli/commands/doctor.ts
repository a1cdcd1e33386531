import { dataFolder } from '../../../base/data-folder.ts';
import { type Check, fail, ok } from '../doctor/check.ts';
import { checkFolder } from '../doctor/check-folder.ts';
import { checkHost } from '../doctor/check-host.ts';
import { EXIT } from '../exit-status.ts';
import type { Colour } from '../render/colour.ts';
import { oneLine } from '../render/plain-text.ts';
import type { Shell } from '../terminal/shell.ts';
import { writeLines } from '../terminal/write-text.ts';

/** The oldest Node that runs our TypeScript as it is. */
const NODE_MAJOR = 24;
const LOOKS: Readonly<Record<Check['level'], readonly [string, Colour]>> = {
  ok: ['✔ ok  ', 'green'],
  warn: ['! warn', 'yellow'],
  fail: ['✘ fail', 'red'],
};

/** Looks at everything a home needs and says of each what to do. Fails when anything failed. */
export async function doctor(shell: Shell, version: string, { json = false }): Promise<number> {
  const folder = dataFolder(shell.env);
  const host = await checkHost(shell.env, folder, version);
  const checks = [checkNode(), ...(await checkFolder(folder)), ...host.checks];
  if (json) shell.stdout.write(`${JSON.stringify({ checks })}\n`);
  else
    writeLines(
      shell.stdout,
      checks.flatMap((check) => lines(check, shell)),
    );
  if (!host.reachable) return EXIT.unreachable;
  return checks.some(({ level }) => level === 'fail') ? EXIT.failed : EXIT.ok;
}

function checkNode(): Check {
  const major = Number.parseInt(process.versions.node, 10);
  return major >= NODE_MAJOR
    ? ok('node', process.version)
    : fail(
        'node',
        `${process.version} is too old`,
        'Start through `npm` or bin/meanwhile, which bring their own.',
      );
}

function lines({ level, name, finding, todo }: Check, { stdout }: Shell): string[] {
  const [word, colour] = LOOKS[level];
  const line = `${stdout.paint(word, colour)}  ${oneLine(name)}: ${oneLine(finding)}`;
  return todo ? [line, `        → ${oneLine(todo)}`] : [line];
}
