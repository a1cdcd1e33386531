import type { Progress } from '../../runtime/work.ts';

const SHARE = /^(remote: )?([A-Z][A-Za-z ]+): +\d{1,3}% \((\d+)\/(\d+)\)(?:, [\d.]+ \w+ \| ([\d.]+ \w+\/s))?/;
const COUNT = /^(remote: )?([A-Z][A-Za-z ]+): +(\d+)(?:, done\.)?$/;
const REBASE = /^Rebasing \((\d+)\/(\d+)\)$/;

const UNITS: readonly (readonly [RegExp, string])[] = [
  [/objects/, 'objects'],
  [/deltas/, 'deltas'],
  [/files|content/, 'files'],
  [/connectivity/, 'objects'],
];

/**
 * One line of git's progress, such as `Receiving objects:  61% (612/1000), 4.20 MiB | 4.20 MiB/s`. What the other
 * side counts (`remote: …`) is a phase of its own. `undefined` for every other line.
 */
export function readPhase(line: string): Progress | undefined {
  const rebase = REBASE.exec(line);
  if (rebase) return phase('Rebasing', 'commits', Number(rebase[1]), Number(rebase[2]));
  const share = SHARE.exec(line);
  const found = share ?? COUNT.exec(line);
  if (!found) return undefined;
  const [, remote, name = '', value, total, speed] = found;
  const unit = UNITS.find(([pattern]) => pattern.test(name))?.[1];
  // Without a total only the phases known to count; `Total: 3` of a hook is no progress.
  if (share === null && unit === undefined) return undefined;
  return phase(
    remote ? `Remote: ${name.toLowerCase()}` : name,
    unit,
    Number(value),
    share ? Number(total) : undefined,
    speed,
  );
}

function phase(
  name: string,
  unit: string | undefined,
  value: number,
  total?: number,
  speed?: string,
): Progress {
  if (total !== undefined && value > total) return { phase: name, message: name };
  const counted = total === undefined ? grouped(value) : `${grouped(value)}/${grouped(total)}`;
  return {
    phase: name,
    message: `${name} ${counted}${speed === undefined ? '' : `, ${shortSpeed(speed)}`}`,
    value,
    ...(total !== undefined && total > 0 && { total }),
    ...(unit !== undefined && { unit }),
  };
}

const grouped = (value: number): string => value.toLocaleString('en-US');

/** `4.20 MiB/s` → `4.2 MiB/s` */
const shortSpeed = (speed: string): string => speed.replace(/\.?0+ /, ' ').replace(/(\.\d)\d /, '$1 ');
