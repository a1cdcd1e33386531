import { resolveFolder } from '../runtime/folders.ts';
import { Refusal } from '../runtime/tool.ts';
import { type KnownAgent, readAgents } from './agents/read-agents.ts';
import type { Limits } from './drive/drive.ts';
import type { AgentSettings, PermissionRule } from './options.ts';
import { Runs } from './runs/runs.ts';
import { stateFolder } from './runs/state-folder.ts';
import { type Mask, maskOf } from './secrets/mask.ts';

/** What the tools share: what is configured, what is installed, and what runs. */
export interface Workplace {
  readonly settings: AgentSettings;
  readonly permissions: PermissionRule;
  readonly limits: Limits;
  readonly runs: Runs;
  /** The agents that run_agent may take, the default first. */
  agents(): readonly KnownAgent[];
  /** @throws {Refusal} */
  agent(name: string | undefined): KnownAgent;
  /** The real path of a workspace. @throws {Refusal} */
  folder(workspace: string | undefined): string;
  /** Takes the secrets of our environment out of a text. */
  mask(): Mask;
}

const PROMPT_MS = 5_000;
const START_MS = 60_000;

/**
 * @param limits for tests, which do not wait as long
 * @throws {Error} naming the option that is wrong
 */
export function createWorkplace(settings: AgentSettings, limits: Partial<Limits> = {}): Workplace {
  readAgents(settings.agent); // what is wrong is said at the start
  const agents = () => readAgents(settings.agent);
  return {
    settings,
    permissions: settings.permissions as PermissionRule, // nothing else is let through as an option
    limits: {
      graceMs: settings['grace-ms'],
      idleMs: settings['idle-ms'],
      promptMs: PROMPT_MS,
      startMs: START_MS,
      ...limits,
    },
    runs: new Runs(stateFolder(), settings['max-concurrent']),
    agents,
    agent: (name) => chooseAgent(agents(), name),
    folder: (workspace) => chooseFolder(settings.workspace, workspace),
    mask: () => maskOf(process.env),
  };
}

function chooseAgent(agents: readonly KnownAgent[], name: string | undefined): KnownAgent {
  if (agents.length === 0)
    throw new Refusal(
      'agent: no known coding agent is installed. Install one (list_agents names them), or start this server with --agent NAME=COMMAND.',
    );
  const known = name === undefined ? agents[0]! : agents.find((each) => each.agent.name === name);
  if (known === undefined)
    throw new Refusal(
      `agent: expected one of ${agents.map(({ agent }) => agent.name).join(', ')}, not "${name}". list_agents tells more.`,
    );
  if (known.program === undefined)
    throw new Refusal(
      `agent: ${known.agent.name} is not installed: there is no ${known.agent.words[0]} in the PATH.`,
    );
  return known;
}

function chooseFolder(folders: readonly string[], workspace: string | undefined): string {
  if (folders.length === 0)
    throw new Refusal(
      'workspace: none is configured, so nothing may run. Start this server with --workspace DIR.',
    );
  const verdict = resolveFolder(workspace, folders);
  if ('path' in verdict) return verdict.path;
  throw new Refusal(verdict.refused.replace(/^cwd:/, 'workspace:').replace('folders (', 'workspaces ('));
}
