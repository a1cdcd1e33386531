import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type RecordedWork, recordedWork } from '../../runtime/test/recorded-work.ts';
import type { AnyTool, Outcome } from '../../runtime/tool.ts';
import type { FilesSettings } from '../options.ts';
import { filesServer } from '../server.ts';

/** The server's tools on real folders: `inside` is configured, `outside` is not. */
export interface Bench {
  readonly base: string;
  readonly inside: string;
  readonly outside: string;
  /** Calls a tool as the server does: arguments and answer go through the schemas. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into the answers of many tools
  call(tool: string, args: Record<string, unknown>, work?: RecordedWork): Promise<Outcome<any>>;
  readonly names: readonly string[];
  close(): Promise<void>;
}

export function openBench(settings: Partial<FilesSettings> = {}): Bench {
  const base = realpathSync(mkdtempSync(path.join(tmpdir(), 'meanwhile-files-')));
  const inside = path.join(base, 'inside');
  const outside = path.join(base, 'outside');
  for (const folder of [inside, outside]) mkdirSync(folder);
  const server = filesServer({
    folder: [inside],
    watch: [],
    'read-only': false,
    state: path.join(base, 'state'),
    'settle-ms': 100,
    ...settings,
  });
  const tools = new Map<string, AnyTool>(server.tools.map((tool) => [tool.name, tool]));
  return {
    base,
    inside,
    outside,
    async call(name, args, work = recordedWork()) {
      const tool = tools.get(name)!;
      const outcome = await tool.run(tool.input.parse(args), work);
      return { ...outcome, data: tool.output.strict().parse(outcome.data) };
    },
    names: [...tools.keys()],
    async close() {
      await server.close?.();
      rmSync(base, { recursive: true, force: true });
    },
  };
}
