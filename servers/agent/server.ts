import type { ServerDefinition } from '../runtime/definition.ts';
import type { Limits } from './drive/drive.ts';
import type { AgentSettings } from './options.ts';
import { cancelTaskTool } from './tools/cancel-task.ts';
import { listAgentsTool } from './tools/list-agents.ts';
import { runAgentTool } from './tools/run-agent.ts';
import { createWorkplace } from './workplace.ts';

/**
 * The agent server.
 * @param limits for tests, which do not wait as long
 * @throws {Error} naming the option that is wrong
 */
export function agentServer(settings: AgentSettings, limits?: Partial<Limits>): ServerDefinition {
  const place = createWorkplace(settings, limits);
  return {
    name: 'agent',
    title: 'Coding agents',
    version: '0.1.0',
    instructions:
      'Sets coding agents to work in configured workspaces. Give a whole task in one go; an agent cannot ask back, except for permissions. What changed is seen by this server; what the agent says about it is quoted and not checked.',
    tools: [runAgentTool(place), cancelTaskTool(place), listAgentsTool(place)],
  };
}
