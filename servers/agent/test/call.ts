import { parseOptions } from '../../runtime/options.ts';
import type { RecordedWork } from '../../runtime/test/recorded-work.ts';
import type { Outcome } from '../../runtime/tool.ts';
import type { Limits } from '../drive/drive.ts';
import { OPTIONS } from '../options.ts';
import { agentServer } from '../server.ts';
import type { RunResult } from '../tools/run-result.ts';

/** Calls tools of one agent server without a client in between; arguments and results are checked by their schemas. */
export function startServer(args: readonly string[], limits?: Partial<Limits>) {
  const { tools } = agentServer(parseOptions(OPTIONS, args), { graceMs: 300, ...limits });
  return async (name: string, input: object, work: RecordedWork): Promise<Outcome<RunResult>> => {
    const tool = tools.find((each) => each.name === name)!;
    const outcome = await tool.run(tool.input.parse(input), work);
    tool.output.parse(outcome.data);
    return outcome;
  };
}

/** Resolves when the work has put out this text, or told it as a message. */
export async function heard(work: RecordedWork, part: string): Promise<void> {
  while (!work.text().includes(part) && !work.told.some(({ message }) => message?.includes(part)))
    await new Promise((resolve) => setTimeout(resolve, 10));
}
