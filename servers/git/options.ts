import type { OptionSpecs, Settings } from '../runtime/options.ts';

/** How the server is started. */
export const OPTIONS = {
  folder: {
    title: 'Folders',
    description:
      'repositories must lie in these, and clones are made in them; without any, everything is refused',
    type: 'directory',
    multiple: true,
  },
  remote: {
    title: 'Remotes',
    description:
      'only remotes whose URL begins like this, such as https://example.org/team/; without any, all',
    type: 'string',
    multiple: true,
  },
  'grace-ms': {
    title: 'Grace',
    description: 'time between SIGTERM and SIGKILL when git is ended, in milliseconds',
    type: 'number',
    default: 3_000,
    min: 0,
  },
  'stall-ms': {
    title: 'Stall limit',
    description:
      'how long a transfer may be without any data before it is ended, in milliseconds; 0: for ever',
    type: 'number',
    default: 60_000,
    min: 0,
  },
} as const satisfies OptionSpecs;

export type GitSettings = Settings<typeof OPTIONS>;
