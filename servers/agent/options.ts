import type { OptionSpecs, Settings } from '../runtime/options.ts';
import { PRESETS } from './agents/presets.ts';

export const OPTIONS = {
  workspace: {
    title: 'Workspaces',
    description:
      'agents may be set to work in these folders and below; the first is the default; without any, all is refused',
    type: 'directory',
    multiple: true,
  },
  agent: {
    title: 'Agents',
    description:
      'a known agent, or NAME=COMMAND with PROMPT where the task goes, or NAME=acp:COMMAND; the first is the default; none: every known agent that is installed',
    type: 'string',
    multiple: true,
    suggestions: PRESETS.map(({ name }) => name),
  },
  permissions: {
    title: 'Permission requests',
    description:
      'what is answered when an agent asks for permission over ACP: ask (the person; rejected where nobody can be asked), allow, or reject',
    type: 'string',
    default: 'ask',
    options: ['ask', 'allow', 'reject'],
  },
  'idle-ms': {
    title: 'Idle limit in milliseconds',
    description: 'a run that says nothing for that long is ended with an error; 0: never',
    type: 'number',
    default: 1_800_000,
    min: 0,
  },
  'grace-ms': {
    title: 'Grace in milliseconds',
    description: 'time for an agent to stop by itself, and again between SIGTERM and SIGKILL',
    type: 'number',
    default: 5_000,
    min: 0,
  },
  'max-concurrent': {
    title: 'Runs at once',
    description: 'how many agents may work at once; more are refused',
    type: 'number',
    default: 4,
    min: 1,
  },
} as const satisfies OptionSpecs;

export type AgentSettings = Settings<typeof OPTIONS>;

export type PermissionRule = (typeof OPTIONS.permissions.options)[number];
