import { join } from 'node:path';
import { AppError } from '../../../base/errors.ts';
import type { ServerView } from '../../../store/records.ts';
import type { ServerList } from '../../api/contract/types.ts';
import { ask } from '../client/ask.ts';
import { findHost, type Host } from '../client/find-host.ts';
import { loadRestart } from '../client/load-restart.ts';
import { PUT_AWAY, restartLine } from '../render/restart-line.ts';
import { errorWords, serverNote } from '../render/server-words.ts';
import { type Check, fail, ok, warn } from './check.ts';
import { checkConfig } from './check-config.ts';

/** The running host, its database, its configuration and each of its servers. */
export async function checkHost(env: NodeJS.ProcessEnv, folder: string, ours: string) {
  try {
    const host = await findHost(env);
    const { body } = await ask<{ version: string }>(host, '/healthz');
    const checks = [
      sameVersion(host, body.version, ours),
      await checkDatabase(host),
      ...(await checkRestart(host)),
      ...(await checkServers(host)),
    ];
    return { reachable: true, checks };
  } catch (error) {
    const lost = error instanceof AppError && error.code === 'host_unreachable';
    const finding = error instanceof AppError ? error.detail.replace(/ Start one with.*/, '') : String(error);
    const checks = [
      fail('host', finding, lost ? 'Start one: `npm start`.' : 'Look at what the host writes.'),
      await checkConfig(join(folder, 'mcp.json')),
    ];
    return { reachable: !lost, checks };
  }
}

function sameVersion(host: Host, theirs: string, ours: string): Check {
  if (theirs === ours) return ok('host', `${host.url} answers, version ${theirs}`);
  return warn('host', `${host.url} runs version ${theirs}, this is ${ours}`, 'Restart the host.');
}

async function checkDatabase(host: Host): Promise<Check> {
  try {
    await ask(host, '/readyz');
    return ok('database', 'open');
  } catch (error) {
    const finding = error instanceof AppError ? error.detail : String(error);
    return fail('database', finding, 'Look at what the host writes; then restart it.');
  }
}

/** Nothing is wrong with a restart that was accounted for; a kill is worth a look. */
async function checkRestart(host: Host): Promise<Check[]> {
  const restart = await loadRestart(host);
  if (restart === null) return [];
  const finding = restartLine(restart, Date.now());
  return [restart.how === 'killed' ? warn('restart', finding, PUT_AWAY) : ok('restart', finding)];
}

async function checkServers(host: Host): Promise<Check[]> {
  const { body } = await ask<ServerList>(host, '/api/servers');
  const config = body.configError
    ? fail('mcp.json', body.configError, 'Correct the file; the host reads it again by itself.')
    : ok('mcp.json', 'read');
  return [config, ...body.servers.map(checkServer)];
}

function checkServer(server: ServerView): Check {
  const name = `server ${server.name}`;
  if (server.state === 'failed') {
    return fail(
      name,
      errorWords(server) || 'it does not answer',
      `\`meanwhile servers show ${server.name}\` shows what it wrote.`,
    );
  }
  if (server.state === 'connecting') return warn(name, 'connecting', 'Ask again in a moment.');
  return ok(name, server.state === 'off' ? 'turned off' : `ready, ${serverNote(server)}`);
}
