import { parseArguments } from '../../../base/tool-arguments/parse-arguments.ts';
import type { ServerView } from '../../../store/records.ts';
import type { ServerReport } from '../../api/contract/types.ts';
import { ask } from '../client/ask.ts';
import { findHost } from '../client/find-host.ts';
import { EXIT } from '../exit-status.ts';
import type { Colour } from '../render/colour.ts';
import { oneLine } from '../render/plain-text.ts';
import type { Shell } from '../terminal/shell.ts';
import { writeLines } from '../terminal/write-text.ts';

const LOOKS: Readonly<Record<ServerReport['checks'][number]['result'], readonly [string, Colour]>> = {
  ok: ['✔ ok  ', 'green'],
  warning: ['! warn', 'yellow'],
  failed: ['✘ fail', 'red'],
  skipped: ['- skip', 'dim'],
};

/** Tests a server, and with it one of its tools, which is really used, twice. Fails when a check failed. */
export async function doctorServer(
  shell: Shell,
  name: string,
  tool: string | undefined,
  words: readonly string[],
  { json = false },
): Promise<number> {
  const host = await findHost(shell.env);
  const path = `/api/servers/${encodeURIComponent(name)}`;
  const { body: view } = await ask<ServerView>(host, path);
  const schema = view.tools.find((each) => each.name === tool)?.inputSchema ?? {};
  const body = tool === undefined ? {} : { tool, arguments: parseArguments(words, schema) };
  if (!json && shell.stderr.interactive) shell.stderr.write('Testing; this takes up to a minute …\n');
  const report = await ask<ServerReport>(host, `${path}/test`, { method: 'POST', body });
  const { checks, tools } = report.body;
  const seen = tools.filter(({ seen }) => seen.reportsProgress || seen.asks || seen.cancels.length > 0);
  if (json) shell.stdout.write(`${report.text}\n`);
  else
    writeLines(shell.stdout, [
      ...checks.map(({ what, result, words }) => {
        const [word, colour] = LOOKS[result];
        return `${shell.stdout.paint(word, colour)}  ${oneLine(what)}: ${oneLine(words)}`;
      }),
      ...(seen.length === 0 ? [] : ['', 'Seen in calls so far:']),
      ...seen.map((each) => `  ${oneLine(each.name)}: ${oneLine(each.words)}`),
      ...(tool === undefined && tools.length > 0
        ? ['', `To test a tool by using it, twice: meanwhile doctor server ${name} TOOL [name=value …]`]
        : []),
    ]);
  return checks.some(({ result }) => result === 'failed') ? EXIT.failed : EXIT.ok;
}
