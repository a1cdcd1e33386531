import type { OptionSpecs, Settings } from '../runtime/options.ts';

/** How the server is started. */
export const OPTIONS = {
  folder: {
    title: 'Folders',
    description: 'Repositories must lie in these folders, and clones are made in them. None: all is refused.',
    type: 'directory',
    multiple: true,
  },
  remote: {
    title: 'Remotes',
    description: 'Only remotes whose URL begins like this, for example https://example.org/team/. None: any.',
    type: 'string',
    multiple: true,
  },
  'grace-ms': {
    title: 'Grace',
    description: 'Milliseconds between asking git to end and killing it, when work is cancelled.',
    type: 'number',
    default: 3_000,
    min: 0,
  },
  'stall-ms': {
    title: 'Stall limit',
    description: 'Milliseconds that a transfer may be without any data before it is ended. 0: no limit.',
    type: 'number',
    default: 60_000,
    min: 0,
  },
} as const satisfies OptionSpecs;

export type GitSettings = Settings<typeof OPTIONS>;
