import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '../../src/base/log.ts';
import { startHost } from '../../src/host/start-host.ts';
import type { ServerView } from '../../src/store/records.ts';
import type { CallAnswer } from '../../src/views/api/contract/types.ts';
import { eventually } from '../support/eventually.ts';
import { type Api, apiClient } from '../support/test-host.ts';
import { answerUntilItEnds } from './answer-with-defaults.ts';
import { sampleArguments } from './sample-arguments.ts';
import { type Context, settingsFor } from './settings-for.ts';

/*
 * The client under test of the conformance suite: `client.ts URL`. It is a real host with one server, driven as a
 * program drives it, over the API; a sign-in goes as a browser goes. It ends with 1 when the server was not reached.
 */

const SETTLE_MS = 15_000;
/** A server that never has enough is not signed in to for ever. */
const MOST_SIGN_INS = 3;

const url = process.argv.at(-1) ?? '';
const scenario = process.env.MCP_CONFORMANCE_SCENARIO ?? '';
const context = JSON.parse(process.env.MCP_CONFORMANCE_CONTEXT ?? '{}') as Context;

const folder = mkdtempSync(join(tmpdir(), 'meanwhile-conformance-'));
const entry = { url, meanwhile: settingsFor(scenario, context) };
writeFileSync(join(folder, 'mcp.json'), JSON.stringify({ mcpServers: { tested: entry } }));
const host = await startHost({
  folder,
  port: 0,
  hostname: '127.0.0.1',
  env: process.env,
  log: createLogger(process.env.MEANWHILE_LOG ?? 'silent'),
});
try {
  process.exitCode = (await run(apiClient(host.url, host.token))) ? 0 : 1;
} finally {
  await host.close();
  rmSync(folder, { recursive: true, force: true });
}

async function run(api: Api): Promise<boolean> {
  const server = async () => (await api.get<ServerView>('/api/servers/tested')).body;
  const settled = () =>
    eventually(async () => {
      const now = await server();
      return now.state !== 'connecting' && now;
    }, SETTLE_MS);
  let signIns = 0;

  /** @returns whether the server let us in */
  async function signIn(): Promise<boolean> {
    if (signIns++ >= MOST_SIGN_INS) return false;
    const begun = await api.post<{ url: string; detail?: string }>('/api/servers/tested/sign-in');
    if (begun.status !== 200) return told(false, begun.body.detail);
    const back = await fetch(begun.body.url);
    told(back.ok, await back.text());
    return back.ok;
  }

  let view = await settled();
  while (view.signIn === 'needed' && (await signIn())) view = await settled();
  told(view.state === 'ready', view.error?.message);
  if (view.state !== 'ready') return false;

  const calls =
    context.toolCalls ??
    view.tools.map(({ name, inputSchema }) => ({
      name,
      arguments:
        scenario === 'json-schema-2020-12-preservation'
          ? { schema: view.tools[0]?.inputSchema }
          : sampleArguments(inputSchema),
    }));
  for (const call of calls) {
    const once = async () => {
      const path = `/api/servers/tested/tools/${encodeURIComponent(call.name)}`;
      const { status, body } = await api.post<CallAnswer>(path, { arguments: withoutNulls(call.arguments) });
      console.error(call.name, status, JSON.stringify(body).slice(0, 500));
      if (body.taskId !== undefined) await answerUntilItEnds(api, body.taskId);
    };
    await once();
    while ((await server()).signIn === 'needed' && (await signIn())) {
      await settled();
      await once();
    }
  }
  return true;
}

/** What has no value is left out: no schema here takes null, and the API says so. */
function withoutNulls(args: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== null));
}

function told(ok: boolean, words = ''): boolean {
  console.error(ok ? 'ok' : 'refused', words.replace(/<[^>]*>|\s+/g, ' ').trim());
  return ok;
}
