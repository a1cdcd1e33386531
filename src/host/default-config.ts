import { existsSync, writeFileSync } from 'node:fs';

/**
 * The servers of a fresh install: the bundled Command server, present but off. MEANWHILE_NODE and MEANWHILE_APP
 * are set by the host, so that the file stays right when the program moves.
 */
// biome-ignore-start lint/suspicious/noTemplateCurlyInString: expanded when the file is read, not here
const DEFAULT_CONFIG = {
  mcpServers: {
    command: {
      command: '${MEANWHILE_NODE}',
      args: ['${MEANWHILE_APP}/servers/command/main.ts', '--folder', '${HOME}'],
      meanwhile: {
        enabled: false,
        title: 'Commands',
        description: 'Runs commands on this machine, started inside your home folder.',
      },
    },
  },
};
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above

/** Writes `mcp.json` on first start; a file that is there is never touched. */
export function ensureConfig(file: string): void {
  if (!existsSync(file))
    writeFileSync(file, `${JSON.stringify(DEFAULT_CONFIG, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
}
