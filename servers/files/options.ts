import { homedir } from 'node:os';
import path from 'node:path';
import type { OptionSpecs, Settings } from '../runtime/options.ts';

/** The command line of the files server. */
export const OPTIONS = {
  folder: {
    type: 'directory',
    multiple: true,
    title: 'Folders',
    description: 'may be read and changed, with all that lies in them; without one every call is refused',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: hosts fill it in
    suggestions: ['${HOME}/Documents'],
  },
  'read-only': {
    type: 'boolean',
    title: 'Read only',
    description: 'offers no tool that changes files',
  },
  watch: {
    type: 'directory',
    multiple: true,
    title: 'Watched folders',
    description: 'is watched for changes from the start; must lie in one of the folders',
  },
  state: {
    type: 'directory',
    title: 'State',
    description:
      'where it is kept what watched folders held, so that changes are found that were missed (default: meanwhile/files in the state folder of the user)',
  },
  'settle-ms': {
    type: 'number',
    default: 2_000,
    min: 50,
    max: 600_000,
    title: 'Settled after (ms)',
    description: 'a file counts as changed when it has stayed the same for so many milliseconds',
  },
} as const satisfies OptionSpecs;

export type FilesSettings = Settings<typeof OPTIONS>;

/** Where the state lies when `--state` does not say it: `$XDG_STATE_HOME`, or the place that the platform has for it. */
export function defaultStateFolder(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
  home = homedir(),
): string {
  const stated = env.XDG_STATE_HOME;
  if (stated !== undefined && path.isAbsolute(stated)) return path.join(stated, 'meanwhile', 'files');
  return platform === 'darwin'
    ? path.join(home, 'Library', 'Application Support', 'meanwhile', 'files-state')
    : path.join(home, '.local', 'state', 'meanwhile', 'files');
}
