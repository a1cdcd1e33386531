import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import {
  agent,
  methods,
  ndJsonStream,
  type PromptResponse,
  RequestError,
  type SessionUpdate,
} from '@agentclientprotocol/sdk';

/*
 * A coding agent for tests that speaks the Agent Client Protocol over its stdio. The task says what it does; what
 * happens before a task is told by its arguments: `--future` another version, `--signed-out` no session.
 */

const flags = process.argv.slice(2);
let cwd = process.cwd();
const cancelled = Promise.withResolvers<PromptResponse>();
const END: PromptResponse = { stopReason: 'end_turn' };

const app = agent({ name: 'agent for tests' })
  .onRequest(methods.agent.initialize, () => ({
    protocolVersion: flags.includes('--future') ? 99 : 1,
    agentCapabilities: {},
    authMethods: [{ id: 'login', name: 'Log in', description: 'run test-agent login in a terminal' }],
  }))
  .onRequest(methods.agent.session.new, ({ params }) => {
    if (flags.includes('--signed-out')) throw RequestError.authRequired();
    cwd = params.cwd;
    return { sessionId: 'session-1' };
  })
  .onRequest(methods.agent.session.prompt, ({ params }) => {
    const [block] = params.prompt;
    const scenario = block?.type === 'text' ? SCENARIOS[block.text.split(' ')[0]!] : undefined;
    if (scenario === undefined) throw RequestError.invalidParams(undefined, 'no such scenario');
    return scenario();
  })
  .onNotification(methods.agent.session.cancel, () => cancelled.resolve({ stopReason: 'cancelled' }));

const SCENARIOS: Record<string, () => PromptResponse | Promise<PromptResponse>> = {
  /** Three steps, one file each; the second is committed. */
  async plan() {
    const steps = ['Write a', 'Commit b', 'Write c'];
    await tellPlan(steps, 0);
    await edit('call-1', 'a.txt', 'one\ntwo\n');
    await tellPlan(steps, 1);
    await edit('call-2', 'b.txt', 'b\n');
    commit('b.txt', 'Add b');
    await tellPlan(steps, 2);
    await edit('call-3', 'c.txt', 'c\n');
    await tellPlan(steps, 3);
    await say('All three\nare ');
    await say(`written. The key is ${process.env.TEST_API_KEY}.`);
    return END;
  },

  async permission() {
    const { outcome } = await connection.client.request(methods.client.session.requestPermission, {
      sessionId: 'session-1',
      toolCall: {
        toolCallId: 'call-1',
        title: 'Write secret.txt',
        kind: 'edit',
        locations: [{ path: join(cwd, 'secret.txt') }],
      },
      options: [
        { optionId: 'always', name: 'Always', kind: 'allow_always' },
        { optionId: 'once', name: 'Just this once', kind: 'allow_once' },
        { optionId: 'no', name: 'No', kind: 'reject_once' },
      ],
    });
    if (outcome.outcome === 'cancelled') return cancelled.promise;
    if (outcome.optionId !== 'no') writeFileSync(join(cwd, 'secret.txt'), 'x\n');
    await say(`The answer was ${outcome.optionId}.`);
    return END;
  },

  /** Ends its turn when it is told to. */
  async cancellable() {
    await edit('call-1', 'a.txt', 'begun\n');
    await say('Waiting.\n');
    return cancelled.promise;
  },

  /** Does not, and has a child that does not want to end either. */
  async stubborn() {
    spawn('/bin/sh', ['-c', "trap '' TERM; while :; do sleep 1; done"], { stdio: 'ignore' });
    process.on('SIGTERM', () => {});
    await edit('call-1', 'a.txt', 'begun\n');
    await say('Deaf.\n');
    return new Promise(() => {});
  },

  async exit() {
    await edit('call-1', 'a.txt', 'begun\n');
    process.stderr.write('panic: out of cheese\n', () => process.exit(3));
    return new Promise(() => {});
  },

  auth: () => {
    throw RequestError.authRequired({ details: 'the token has run out' });
  },
  refusal: () => ({ stopReason: 'refusal' }),
  tokens: async () => {
    await edit('call-1', 'a.txt', 'half\n');
    return { stopReason: 'max_tokens' };
  },
  nothing: async () => {
    await say('There was nothing to do.');
    return END;
  },
  async flood() {
    for (let line = 0; line < 10_000; line++) void say(`line ${line} ${'x'.repeat(60)}\n`);
    await say('That was much.');
    return END;
  },
  /** Lines that are no messages between those that are. */
  async noise() {
    process.stdout.write('starting up\n{"jsonrpc": broken\n[1]\n');
    await say('All the same.');
    return END;
  },
  hang: () => new Promise(() => {}),
};

const update = (body: SessionUpdate): Promise<void> =>
  connection.client.notify(methods.client.session.update, { sessionId: 'session-1', update: body });

const say = (text: string) =>
  update({ sessionUpdate: 'agent_message_chunk', content: { type: 'text', text } });

function tellPlan(steps: readonly string[], done: number): Promise<void> {
  const entries = steps.map((content, index) => ({
    content,
    priority: 'medium' as const,
    status:
      index < done
        ? ('completed' as const)
        : index === done
          ? ('in_progress' as const)
          : ('pending' as const),
  }));
  return update({ sessionUpdate: 'plan', entries });
}

async function edit(toolCallId: string, name: string, text: string): Promise<void> {
  await update({
    sessionUpdate: 'tool_call',
    toolCallId,
    title: `Write ${name}`,
    kind: 'edit',
    status: 'pending',
  });
  appendFileSync(join(cwd, name), text);
  await update({ sessionUpdate: 'tool_call_update', toolCallId, status: 'completed' });
}

function commit(file: string, subject: string): void {
  const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org'];
  execFileSync('git', [...author, 'add', file], { cwd });
  execFileSync('git', [...author, 'commit', '-qm', subject], { cwd });
}

const input = Readable.toWeb(process.stdin) as ReadableStream<Uint8Array>;
const connection = app.connect(ndJsonStream(Writable.toWeb(process.stdout), input));
