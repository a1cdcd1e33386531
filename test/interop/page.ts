import { EVERYTHING, EVERYTHING_ROWS, type EverythingTransport, everythingEntry } from './everything.ts';
import { NO_ROWS, ROWS } from './rows.ts';
import { cellName, truthOf } from './run.ts';
import { SCENARIOS, type ScenarioName } from './scenarios.ts';

/** What stands in a cell: the truth, or what was seen. Undefined where there is no such cell. */
export type Fill = (name: string, truth: string) => string;

const NAMES = Object.keys(SCENARIOS) as ScenarioName[];

const table = (rows: readonly (readonly string[])[]): string => {
  const [head = [], ...body] = rows;
  return [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
};

/** Both tables, as the page has them or as a run saw them; `notes` are the reasons of cells that cannot be. */
export function tables(fill: Fill): { fixtures: string; everything: string; notes: readonly string[] } {
  const notes: string[] = [];
  const noteNumber = (why: string): number => {
    if (!notes.includes(why)) notes.push(why);
    return notes.indexOf(why) + 1;
  };
  const fixtures = ROWS.map((row) => [
    row.generation,
    row.transport,
    ...NAMES.map((name) => {
      const truth = truthOf(row, name);
      return typeof truth === 'string'
        ? fill(cellName(row.id, name), truth)
        : `n/a (${noteNumber(truth.none)})`;
    }),
  ]);
  const everything = (Object.entries(EVERYTHING_ROWS) as [EverythingTransport, string][]).map(
    ([transport, words]) => [
      words,
      ...Object.entries(EVERYTHING).map(([name, { truth }]) =>
        fill(cellName(everythingEntry(transport), name), truth),
      ),
    ],
  );
  return {
    fixtures: table([
      ['generation', 'transport', ...NAMES.map((name) => SCENARIOS[name].title)],
      ...fixtures,
    ]),
    everything: table([['transport', ...Object.values(EVERYTHING).map(({ title }) => title)], ...everything]),
    notes,
  };
}

/** docs/interop.md. */
export function page(): string {
  const { fixtures, everything, notes } = tables((_name, truth) => truth);
  return `<!-- Made by test/interop. Change the tables there, then: UPDATE_INTEROP=1 vitest run test/interop -->

# What Meanwhile makes of every kind of server

Each cell was run: a real server over a real transport, the real hub, a real host. A row is one generation of long
work over one transport; a column is something that happens to a call. The cell is what the task comes to. Every
end is delivered to its session exactly once, and no process is left behind.

${fixtures}

| word | meaning |
| --- | --- |
| completed | The tool's result is there. |
| every step, in words | How progress arrives: as numbers on a bar, or as sentences where the protocol has no numbers. |
| answered | The question was shown, answered, and the tool went on with the answer. |
| stopped | Cancelled, and the server says so. |
| assumed | Cancelled. The server does not say so; it is silent, or closing the connection is all there is. |
| ignored | Completed although it was asked to stop. |
| found again | The work, or the question that it waits for, outlived us; after the break it went on and completed. |
| lost | The work may have gone on; its end cannot reach us any more. |
| tool_error, protocol_error, server_exited, interrupted | Failed, for this [reason](glossary.md#why-a-task-failed). |

“Events kept” means a server that repeats what a broken stream has missed. In the column “server killed” a server
behind an address is started again at once and has forgotten its work, unless it keeps its tasks in a file. A task of
2025-11-25 counts as stopped from the moment it is asked to: the specification wants it so, even if its tool goes on.

n/a:
${notes.map((why, at) => `${at + 1}. ${why}.`).join('\n')}

Pairs that cannot exist:
${NO_ROWS.map(({ generation, transport, why }) => `- ${generation} over ${transport}. ${why}`).join('\n')}

## A server that nobody of us wrote

\`@modelcontextprotocol/server-everything\` is made with the official SDK, which keeps the answer of a cancelled call to
itself. So a tool that goes on all the same ends as lost: it went on, and how it ended is not known.

${everything}
`;
}
