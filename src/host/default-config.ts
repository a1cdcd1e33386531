import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import type { DataFiles } from './folder.ts';

/**
 * The bundled servers of a fresh install, each described by its manifest: those that keep to a folder in the data
 * folder are on; those that run programs wait for a person. The variables are set by the host, so that the file stays
 * right when the program or the data folder moves.
 */
// biome-ignore-start lint/suspicious/noTemplateCurlyInString: expanded when the file is read, not here
const bundled = (
  name: string,
  enabled: boolean,
  settings: Readonly<Record<string, string | readonly string[]>>,
) => ({
  command: '${MEANWHILE_NODE}',
  args: [`\${MEANWHILE_APP}/servers/${name}/main.ts`],
  meanwhile: { enabled, manifest: `\${MEANWHILE_APP}/servers/${name}/manifest.json`, settings },
});
const WORKSPACE = '${MEANWHILE_DATA}/workspace';
const DEFAULT_CONFIG = {
  mcpServers: {
    files: bundled('files', true, { folder: [WORKSPACE], state: '${MEANWHILE_DATA}/files' }),
    git: bundled('git', true, { folder: [WORKSPACE] }),
    command: bundled('command', false, { folder: ['${HOME}'] }),
    agent: bundled('agent', false, { workspace: [WORKSPACE] }),
  },
};
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above

/** Writes `mcp.json` on first start, and makes the folder it names; a file that is there is never touched. */
export function ensureConfig({ config, workspace }: Pick<DataFiles, 'config' | 'workspace'>): void {
  if (existsSync(config)) return;
  mkdirSync(workspace, { recursive: true, mode: 0o700 });
  writeFileSync(config, `${JSON.stringify(DEFAULT_CONFIG, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
}
