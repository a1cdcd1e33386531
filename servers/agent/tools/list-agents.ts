import * as z from 'zod';
import { type AnyTool, defineTool } from '../../runtime/tool.ts';
import { PRESETS } from '../agents/presets.ts';
import { fromPreset, type KnownAgent } from '../agents/read-agents.ts';
import { versionOf } from '../agents/version.ts';
import { describeRun } from '../runs/run-record.ts';
import { maskAll } from '../secrets/mask.ts';
import type { Workplace } from '../workplace.ts';

const AGENT = z.object({
  name: z.string().describe('What run_agent takes as agent'),
  title: z.string(),
  usable: z.boolean().describe('Whether run_agent can take it now: configured and installed'),
  installed: z.boolean().describe('Whether its program is in the PATH'),
  path: z.string().optional().describe('Where its program is'),
  version: z.string().optional().describe('What it says of its version, if it says so quickly'),
  via: z
    .enum(['acp', 'template'])
    .describe('acp: over the Agent Client Protocol. template: the task is an argument'),
  command: z.array(z.string()).describe('The command line; PROMPT stands where the task goes'),
});

const LIST = z.object({
  agents: z.array(AGENT).describe('The usable ones first; the first is the default'),
  running: z
    .array(
      z.object({
        run: z.string(),
        agent: z.string(),
        workspace: z.string(),
        task: z.string().describe('The beginning of its task'),
        since: z.string().describe('ISO 8601, UTC'),
        here: z.boolean().describe('Whether cancel_task of this server can end it'),
      }),
    )
    .describe('What runs now, also under other agent servers of the same person'),
  workspaces: z.array(z.string()).describe('Folders in which, and below which, agents may work'),
});

/** The tool `list_agents`: which agents there are, how each is driven, and what runs. */
export function listAgentsTool(place: Workplace): AnyTool {
  return defineTool({
    name: 'list_agents',
    title: 'List coding agents and runs',
    description:
      'Tells which coding agents are known and installed, how each is driven, and which runs are going on now. Changes nothing.',
    isLong: false,
    annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    input: z.strictObject({}),
    output: LIST,
    async run() {
      const usable = place.agents();
      const names = new Set(usable.map(({ agent }) => agent.name));
      const others = PRESETS.filter(({ name }) => !names.has(name)).map((preset) => fromPreset(preset));
      const agents = await Promise.all([
        ...usable.map((known) => describeAgent(known, true)),
        ...others.map((known) => describeAgent(known, false)),
      ]);
      const here = new Set(place.runs.running.map(({ record }) => record.run));
      const running = place.runs.everywhere().map(({ run, agent, workspace, task, since }) => ({
        ...{ run, agent, workspace, task, since },
        here: here.has(run),
      }));
      const data = maskAll({ agents, running, workspaces: [...place.settings.workspace] }, place.mask());
      return { text: textOf(data), data };
    },
  });
}

async function describeAgent({ agent, title, program }: KnownAgent, isConfigured: boolean) {
  const version = program === undefined ? undefined : await versionOf(program);
  return {
    name: agent.name,
    title,
    usable: isConfigured && program !== undefined,
    installed: program !== undefined,
    ...(program !== undefined && { path: program }),
    ...(version !== undefined && { version }),
    via: agent.via,
    command: [...agent.words],
  };
}

function textOf({ agents, running }: z.infer<typeof LIST>): string {
  const usable = agents.filter((agent) => agent.usable).map(({ name }) => name);
  const first = usable.length === 0 ? 'No agent can be used now' : `Agents: ${usable.join(', ')}`;
  const lines = agents.map(({ name, title, installed, via, version, command, usable: isUsable }) => {
    const state = installed ? (isUsable ? 'usable' : 'installed, not configured (--agent)') : 'not installed';
    return `${name} (${title}): ${state}${version === undefined ? '' : `, ${version}`}, ${via}: ${command.join(' ')}`;
  });
  const runs = running.map((run) => describeRun({ ...run, server: { pid: 0, startedAt: '' } }));
  return [
    `${first}; ${running.length === 0 ? 'nothing runs' : `${running.length} running`}`,
    ...lines,
    ...runs,
  ].join('\n');
}
