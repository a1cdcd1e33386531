import type { ServerDefinition } from '../runtime/definition.ts';
import type { GitSettings } from './options.ts';
import { Exclusive } from './repository/exclusive.ts';
import type { GitContext } from './run/session.ts';
import { branchTool } from './tools/branch/branch.ts';
import { checkoutTool } from './tools/checkout.ts';
import { cloneTool } from './tools/clone/clone.ts';
import { commitTool } from './tools/commit.ts';
import { diffTool } from './tools/diff.ts';
import { fetchTool } from './tools/fetch.ts';
import { logTool } from './tools/log.ts';
import { pullTool } from './tools/pull/pull.ts';
import { pushTool } from './tools/push/push.ts';
import { statusTool } from './tools/status.ts';

const TOOLS = [
  cloneTool,
  fetchTool,
  pullTool,
  pushTool,
  statusTool,
  logTool,
  diffTool,
  commitTool,
  branchTool,
  checkoutTool,
];

/** Git as an MCP server. */
export function gitServer(settings: GitSettings): ServerDefinition {
  const context: GitContext = {
    folders: settings.folder,
    remotes: settings.remote,
    graceMs: settings['grace-ms'],
    stallMs: settings['stall-ms'],
    exclusive: new Exclusive(),
  };
  return {
    name: 'git',
    title: 'Git',
    version: '0.1.0',
    instructions:
      'Works on git repositories in the configured folders. Every change is checked afterwards; "verified" says ' +
      'whether it is as it should be. One change at a time per repository.',
    tools: TOOLS.map((tool) => tool(context)),
  };
}
