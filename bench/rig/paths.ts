import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');
export const WORK_SERVER = join(ROOT, 'test/fixtures/work-server.ts');
export const STEADY_SERVER = join(ROOT, 'bench/servers/steady.ts');
