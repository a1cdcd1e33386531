import type { OptionSpecs } from '../runtime/options.ts';

/** How the server is started. */
export const OPTIONS = {
  folder: {
    type: 'directory',
    multiple: true,
    title: 'Folders',
    description: 'commands may start in DIR and below; the first is the default folder',
  },
  allow: {
    type: 'string',
    multiple: true,
    title: 'Allowed programs',
    description: 'only these programs may be run; without any, all may',
  },
  'grace-ms': {
    type: 'number',
    title: 'Grace',
    description: 'milliseconds between SIGTERM and SIGKILL when a command is ended',
    default: 3_000,
    min: 0,
  },
  'max-concurrent': {
    type: 'number',
    title: 'At once',
    description: 'how many commands may run at once',
    default: 16,
    min: 1,
    max: 1_000,
  },
} as const satisfies OptionSpecs;
