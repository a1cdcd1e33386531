import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Connection, connect, isOutput, isProgress, isStopped } from '../../../runtime/test/connect.ts';
import { makeWorkspace, type Workspace } from '../workspace.ts';
import { type ModelStub, type Script, startModelStub } from './model-stub.ts';

const PROGRAM = join(import.meta.dirname, '../../main.ts');
const TASK = 'Write a greeting into hello.txt, "quoted" and with $HOME';

/** One thing that must hold with the real OpenCode. Rejects when it does not. */
export interface Case {
  readonly name: string;
  check(bin: string): Promise<void>;
}

interface Stage {
  readonly place: Workspace;
  readonly model: ModelStub;
  readonly server: Connection;
}

interface Setting {
  readonly agent: 'opencode:acp' | 'opencode:template';
  readonly script: (place: Workspace) => Script;
  /** OpenCode's own rule for its edits. */
  readonly edit?: 'allow' | 'ask';
  /** What a person answers when asked. */
  readonly decision?: string;
}

const write = (place: Workspace): Script => ({
  kind: 'write',
  file: join(place.folder, 'hello.txt'),
  text: 'Hello\nthere\n',
});

export const CASES: readonly Case[] = [
  ...(['opencode:template', 'opencode:acp'] as const).map((agent) => ({
    name: `${agent} writes a file, and the result shows it`,
    check: (bin: string) =>
      onStage(bin, { agent, script: write }, async ({ place, model, server }) => {
        const { text, data, isError } = await server.call('run_agent', { task: TASK });
        equal(isError, false, text);
        equal(place.read('hello.txt'), 'Hello\nthere\n');
        deepEqual([data.outcome, data.changed, data.commitCount, data.linesAdded], ['finished', true, 0, 2]);
        deepEqual(data.files, [
          { path: 'hello.txt', change: 'added', added: 2, removed: 0, modifiedBefore: false },
        ]);
        match(data.lastWords, /The tool says/);
        // It quotes an argument with blanks once more by itself, so only the words are compared.
        match(model.tasks[0]!, /Write a greeting into hello\.txt, .*quoted.* and with \$HOME/);
        deepEqual(server.started(), []);
      }),
  })),
  {
    name: 'opencode:acp tells what it does',
    check: (bin) =>
      onStage(bin, { agent: 'opencode:acp', script: write }, async ({ server }) => {
        await server.call('run_agent', { task: TASK });
        ok(server.frames.some(isOutput('I write the file.\n[')));
        ok(server.frames.some(isOutput('[edit] hello.txt: completed')));
        ok(server.frames.some((frame) => isProgress(frame) && frame.params.message !== ''));
      }),
  },
  {
    name: 'opencode:acp asks a person for permission, who allows it',
    check: (bin) =>
      onStage(
        bin,
        { agent: 'opencode:acp', script: write, edit: 'ask', decision: 'once' },
        async ({ place, server }) => {
          const { data, text } = await server.call('run_agent', { task: TASK });
          deepEqual([data.changed, data.permissions[0]?.decision], [true, 'allowed'], text);
          equal(place.read('hello.txt'), 'Hello\nthere\n');
        },
      ),
  },
  {
    name: 'opencode:acp is refused a permission where nobody can be asked, which is said',
    check: (bin) =>
      onStage(bin, { agent: 'opencode:acp', script: write, edit: 'ask' }, async ({ place, server }) => {
        const { data, text } = await server.call('run_agent', { task: TASK });
        deepEqual([data.changed, data.permissions[0]?.by], [false, 'nobody'], text);
        match(text, /without any change/);
        equal(existsSync(join(place.folder, 'hello.txt')), false);
      }),
  },
  {
    name: 'opencode:acp that is cancelled confirms it, and nothing is left',
    check: (bin) =>
      onStage(bin, { agent: 'opencode:acp', script: () => ({ kind: 'hold' }) }, async ({ server }) => {
        const { data } = await cancelled(server);
        deepEqual([data.stopped, data.left], [true, 0]);
        match(data.remains, /^It confirmed the stop itself\. In .* it ended without any change/);
      }),
  },
  {
    name: 'opencode:template that is cancelled is ended, and nothing is left',
    check: (bin) =>
      onStage(
        bin,
        { agent: 'opencode:template', script: () => ({ kind: 'hold' }) },
        async ({ model, server }) => {
          const { data } = await cancelled(server, model);
          equal(data.stopped, true);
          match(data.remains, /^It was stopped by ending its processes\. In .* it ended without any change/);
        },
      ),
  },
  ...(['opencode:template', 'opencode:acp'] as const).map((agent) => ({
    name: `${agent} that its provider turns away says so and has changed nothing`,
    check: (bin: string) =>
      onStage(bin, { agent, script: () => ({ kind: 'refuse' }) }, async ({ server }) => {
        const { text, data } = await server.call('run_agent', { task: TASK });
        equal(data.changed, false);
        match(text, /without any change/);
        match(`${text}\n${data.output}`, /Incorrect API key provided/);
      }),
  })),
];

/** Cancels a run while the model holds its answer back; resolves with the confirmation. */
async function cancelled(server: Connection, model?: ModelStub) {
  const abort = new AbortController();
  const call = server.call('run_agent', { task: TASK }, { signal: abort.signal });
  const failed = call.then(
    () => new Error('the cancelled call was answered'),
    () => undefined,
  );
  // `opencode run` prints whole messages only, so that the model is asked is all there is to see.
  if (model === undefined) await server.frame(isOutput('Thinking about it.'));
  else while (model.tasks.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  abort.abort();
  const { params } = await server.frame(isStopped);
  equal(await failed, undefined);
  deepEqual(server.started(), []);
  return params;
}

async function onStage(bin: string, setting: Setting, play: (stage: Stage) => Promise<void>): Promise<void> {
  const { agent, script, edit = 'allow', decision } = setting;
  const place = makeWorkspace();
  const model = await startModelStub(script(place));
  const args = ['--workspace', place.folder, '--agent', agent, '--grace-ms', '3000', '--idle-ms', '60000'];
  const env = opencodeEnv(bin, place, model.url, edit);
  const answer =
    decision === undefined ? {} : { answer: () => ({ action: 'accept', content: { decision } }) };
  const server = await connect(PROGRAM, args, { kind: 'legacy', env, ...answer });
  try {
    await play({ place, model, server });
  } finally {
    await server.close();
    model.close();
    place.remove();
  }
}

/** OpenCode with a home of its own, our model, and nothing that reaches beyond this machine. */
function opencodeEnv(bin: string, place: Workspace, url: string, edit: string): Record<string, string> {
  const config = {
    model: 'stub/model',
    small_model: 'stub/model',
    enabled_providers: ['stub'],
    autoupdate: false,
    share: 'disabled',
    permission: { edit },
    provider: {
      stub: {
        npm: '@ai-sdk/openai-compatible',
        name: 'Stub',
        options: { baseURL: url, apiKey: 'a-key-for-the-stub' },
        models: { model: { name: 'Model', tool_call: true, limit: { context: 100_000, output: 10_000 } } },
      },
    },
  };
  return {
    PATH: `${bin}:${process.env.PATH}`,
    HOME: place.parent,
    XDG_STATE_HOME: place.state,
    XDG_CONFIG_HOME: join(place.parent, 'config'),
    XDG_DATA_HOME: join(place.parent, 'data'),
    XDG_CACHE_HOME: join(place.parent, 'cache'),
    OPENCODE_CONFIG_CONTENT: JSON.stringify(config),
    OPENCODE_DISABLE_AUTOUPDATE: '1',
    OPENCODE_DISABLE_MODELS_FETCH: '1',
    OPENCODE_DISABLE_DEFAULT_PLUGINS: '1',
    OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
  };
}
