import { rmSync, writeFileSync } from 'node:fs';
import { VERSION } from '../base/version.ts';

/** Says where the running host is, for the command line. @returns the function that takes it back */
export function writeHostFile(file: string, url: string): () => void {
  const body = { url, pid: process.pid, startedAt: new Date().toISOString(), version: VERSION };
  writeFileSync(file, `${JSON.stringify(body)}\n`, { mode: 0o600 });
  return () => rmSync(file, { force: true });
}
