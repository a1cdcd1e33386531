import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ServerEntry } from '../src/sources/server-entry.ts';
import type { Message, ServerView } from '../src/store/records.ts';
import type { Task } from '../src/task/task.ts';
import type { CallAnswer, Problem } from '../src/views/api/contract/types.ts';
import { eventually } from './support/eventually.ts';
import { type Api, ROOT, tempFolder, testHost, workServer } from './support/test-host.ts';

/* What the table of docs/interop.md has no column for: odd servers, second thoughts, and evidence. */

const fixture = (file: string, ...args: string[]): ServerEntry => ({
  command: process.execPath,
  args: [join(ROOT, 'test/fixtures', file), ...args],
  meanwhile: { taskAfterMs: 50 },
});

async function hostWith(entry: ServerEntry) {
  const host = await testHost({ lab: entry });
  const { api } = host;
  await eventually(
    async () => (await api.get<ServerView>('/api/servers/lab')).body.state === 'ready',
    20_000,
  );
  return { ...host, lab: laboratory(api) };
}

function laboratory(api: Api) {
  const task = async (id: string) => (await api.get<Task>(`/api/tasks/${id}`)).body;
  return {
    task,
    async begin(tool: string, args: Record<string, unknown> = {}): Promise<string> {
      const { body } = await api.post<CallAnswer>(`/api/servers/lab/tools/${tool}`, { arguments: args });
      expect(body.taskId, JSON.stringify(body)).toBeDefined();
      return body.taskId!;
    },
    until: (id: string, fits: (task: Task) => boolean, withinMs?: number) =>
      eventually(async () => {
        const now = await task(id);
        return fits(now) && now;
      }, withinMs),
    ask: (id: string, what: string, body: object = {}) =>
      api.post<Omit<Task, 'status'> & Omit<Problem, 'status'> & Partial<CallAnswer>>(
        `/api/tasks/${id}/${what}`,
        body,
      ),
    async deliveries(id: string): Promise<readonly Message[]> {
      const { sessionId } = await task(id);
      const { body } = await api.get<{ messages: Message[] }>(`/api/sessions/${sessionId}/messages`);
      return body.messages.filter(({ taskId }) => taskId === id);
    },
  };
}

const previewOf = ({ result }: CallAnswer): string => {
  const { content } = (result?.content ?? { content: [] }) as { content: { text: string }[] };
  return content[0]?.text ?? '';
};
const hasEnded = ({ endedAt }: Task) => endedAt !== undefined;
const asks = ({ status }: Task) => status === 'input_required';

describe('questions', () => {
  test('an answer that does not fit is refused by field and changes nothing; one that does goes on', async () => {
    const { lab } = await hostWith(fixture('odd-server.ts'));
    const id = await lab.begin('wonder');
    const { input } = await lab.until(id, asks);
    const key = input![0]!.key;
    for (const [content, field] of [
      [{}, 'content.n'],
      [{ n: 0 }, 'content.n'],
      [{ n: 'many' }, 'content.n'],
      [{ n: 1, m: 2 }, 'content.m'],
    ] as const) {
      const refused = await lab.ask(id, 'input', { key, action: 'accept', content });
      expect(refused.status).toBe(400);
      expect(refused.body.errors).toEqual([{ field, expected: expect.any(String) }]);
    }
    expect(await lab.task(id)).toMatchObject({ status: 'input_required', input });
    const wrongKey = await lab.ask(id, 'input', { key: 'other', action: 'accept', content: { n: 1 } });
    expect(wrongKey).toMatchObject({ status: 409, body: { code: 'input_not_asked' } });
    expect((await lab.ask(id, 'input', { key, action: 'accept', content: { n: 3 } })).status).toBe(202);
    const ended = await lab.until(id, hasEnded);
    expect(JSON.parse(ended.result!.preview)).toEqual({ action: 'accept', content: { n: 3 } });
  });

  test('one that does not say which call asks stands on each; the first answer counts', async () => {
    const { lab } = await hostWith(fixture('odd-server.ts'));
    const first = await lab.begin('wonder');
    await lab.until(first, asks);
    const second = await lab.begin('wonder');
    const shared = await lab.until(second, asks);
    expect(shared.input).toMatchObject([{ message: 'How many?', sharedBy: 2 }]);
    const { input = [] } = await lab.until(first, ({ input }) => input?.length === 2);
    for (const { key } of input.toSorted((a, b) => (b.sharedBy ?? 0) - (a.sharedBy ?? 0)))
      expect((await lab.ask(first, 'input', { key, action: 'decline' })).status).toBe(202);
    for (const id of [first, second])
      expect((await lab.until(id, hasEnded)).result?.preview).toContain('decline');
  });

  test('one that the server takes back is not asked any more', async () => {
    const { lab } = await hostWith(fixture('odd-server.ts'));
    const id = await lab.begin('regret');
    await lab.until(id, asks);
    const ended = await lab.until(id, hasEnded);
    expect(ended).toMatchObject({ status: 'completed', result: { preview: 'never mind' } });
    expect(ended.input).toBeUndefined();
  });

  test('a page that must be visited first is a question; the call is made again after it', async () => {
    const mark = join(tempFolder(), 'mark');
    const { lab } = await hostWith(fixture('odd-server.ts', mark));
    const id = await lab.begin('visit');
    const { input } = await lab.until(id, asks);
    expect(input).toMatchObject([{ mode: 'url', url: 'https://example.com/in', message: 'Sign in first.' }]);
    expect(readFileSync(mark, 'utf8')).toBe('visit 1\n');
    await lab.ask(id, 'input', { key: input![0]!.key, action: 'accept' });
    expect(await lab.until(id, hasEnded)).toMatchObject({
      status: 'completed',
      result: { preview: 'visited' },
    });
    expect(readFileSync(mark, 'utf8')).toBe('visit 1\nvisit 2\n');
  });

  test('a page that is not visited ends the call, which is not made again', async () => {
    const mark = join(tempFolder(), 'mark');
    const { lab } = await hostWith(fixture('odd-server.ts', mark));
    const id = await lab.begin('visit');
    const { input } = await lab.until(id, asks);
    await lab.ask(id, 'input', { key: input![0]!.key, action: 'decline' });
    expect(await lab.until(id, hasEnded)).toMatchObject({ status: 'failed' });
    expect(readFileSync(mark, 'utf8')).toBe('visit 1\n');
  });

  test('sampling and roots are declined as what we do not have', async () => {
    const { api } = await hostWith(fixture('odd-server.ts'));
    const { body } = await api.post<CallAnswer>('/api/servers/lab/tools/borrow', {});
    expect(previewOf(body)).toMatch(/^sampling -32601, roots .*-32601/);
  });

  test('roots are told where mcp.json names some', async () => {
    const entry = fixture('odd-server.ts');
    const { api } = await hostWith({
      ...entry,
      meanwhile: { roots: ['/srv/my files', `$${'{NONE:-/tmp}'}`] },
    });
    const { body } = await api.post<CallAnswer>('/api/servers/lab/tools/borrow', {});
    expect(JSON.parse(previewOf(body).split('roots ')[1]!)).toEqual({
      roots: [
        { uri: 'file:///srv/my%20files', name: 'my files' },
        { uri: 'file:///tmp', name: 'tmp' },
      ],
    });
  });
});

describe('stopping', () => {
  test('a task that its server makes after the call was asked to stop is cancelled all the same', async () => {
    const mark = join(tempFolder(), 'mark');
    const { lab } = await hostWith(fixture('odd-server.ts', mark));
    const id = await lab.begin('slow_task');
    expect((await lab.ask(id, 'cancel')).status).toBe(202);
    expect(await lab.until(id, hasEnded)).toMatchObject({
      status: 'cancelled',
      cancel: { answer: 'stopped' },
    });
    expect(readFileSync(mark, 'utf8')).toBe('task created\ncancelled late\n');
  });

  test('whoever stops waiting is told the true end when it turns up, in the same message', async () => {
    const { lab } = await hostWith(workServer());
    const path = join(tempFolder(), 'go');
    const id = await lab.begin('wait_for', { path });
    expect((await lab.ask(id, 'stop-waiting')).body).toMatchObject({ status: 'lost' });
    const [first] = await eventually(async () => {
      const messages = await lab.deliveries(id);
      return messages.length > 0 && messages;
    });
    expect(first).toMatchObject({ parts: [{ type: 'task', task: { status: 'lost' } }] });
    writeFileSync(path, '');
    expect(await lab.until(id, ({ status }) => status === 'completed')).toMatchObject({
      result: { preview: 'the file is there' },
    });
    const after = await eventually(async () => {
      const messages = await lab.deliveries(id);
      return JSON.stringify(messages).includes('the file is there') && messages;
    });
    expect(after).toMatchObject([
      { id: first!.id, parts: [{ type: 'task', task: { status: 'completed' } }] },
    ]);
    expect((await lab.ask(id, 'stop-waiting')).body).toMatchObject({ code: 'already_ended' });
  });

  test('force names what else it would end, and ends it only then', async () => {
    const { lab } = await hostWith(workServer());
    const doomed = await lab.begin('stubborn', { steps: 10_000, ms: 20 });
    const other = await lab.begin('hold');
    const refused = await lab.ask(doomed, 'cancel', { force: true });
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'would_end_others', others: [{ id: other, title: 'hold' }] },
    });
    expect(await lab.task(doomed)).toMatchObject({ status: 'working' });
    expect((await lab.ask(doomed, 'cancel', { force: true, alsoEnds: [other] })).status).toBe(202);
    expect(await lab.until(doomed, hasEnded)).toMatchObject({
      status: 'cancelled',
      cancel: { answer: 'stopped' },
      statusMessage: expect.stringContaining('by force'),
    });
    expect(await lab.until(other, hasEnded)).toMatchObject({
      status: 'failed',
      failure: { reason: 'server_exited', message: expect.stringContaining('stubborn') },
    });
  });

  test('a tool that was seen to go on twice has no Cancel any more, and the next run of the host knows', async () => {
    const { lab, folder, close } = await hostWith(fixture('tasks-v2-server.ts', 'stdio'));
    const path = join(folder, 'go');
    for (let time = 1; time <= 2; time++) {
      const id = await lab.begin('stubborn', { path });
      expect(await lab.task(id)).toMatchObject({ cancel: { support: 'request' } });
      await lab.ask(id, 'cancel');
      await eventually(async () => {
        const { cancel } = await lab.task(id);
        return cancel.answer !== undefined && Date.now() - Date.parse(cancel.requestedAt ?? '') > 2_100;
      }, 5_000);
      writeFileSync(path, '');
      expect(await lab.until(id, hasEnded)).toMatchObject({
        status: 'completed',
        cancel: { answer: 'ignored' },
        statusMessage: expect.stringContaining('although it was asked to stop'),
      });
      rmSync(path);
    }
    const third = await lab.begin('stubborn', { path });
    expect(await lab.task(third)).toMatchObject({ cancel: { support: 'none', canForce: true } });
    expect((await lab.ask(third, 'cancel')).body).toMatchObject({ code: 'cancel_unsupported' });
    await lab.ask(third, 'cancel', { force: true });
    await lab.until(third, hasEnded);
    await close();
    const next = await testHost({}, { folder });
    const again = laboratory(next.api);
    await eventually(
      async () => (await next.api.get<ServerView>('/api/servers/lab')).body.state === 'ready',
      20_000,
    );
    const fourth = await again.begin('stubborn', { path });
    expect(await again.task(fourth)).toMatchObject({ cancel: { support: 'none' } });
  });
});

describe('running again', () => {
  test('does the same call once more, in the same session', async () => {
    const { lab } = await hostWith(workServer());
    const id = await lab.begin('steps', { steps: 2, ms: 5 });
    const before = await lab.until(id, hasEnded);
    const { body } = await lab.ask(id, 'run-again');
    expect(body).toMatchObject({ sessionId: before.sessionId, taskId: expect.any(String) });
    expect(body.taskId).not.toBe(id);
    expect(await lab.until(body.taskId!, hasEnded)).toMatchObject({ result: { preview: 'did 2 steps' } });
  });

  test('is refused where secrets were taken out of what is kept', async () => {
    const { lab } = await hostWith(workServer({ taskAfterMs: 50 }));
    const id = await lab.begin('wait_for', { path: '/nowhere', token: 'secret' });
    expect(await lab.task(id)).toMatchObject({ source: { argsIncomplete: true, args: { token: '•••' } } });
    expect((await lab.ask(id, 'run-again')).body).toMatchObject({ code: 'arguments_not_kept' });
  });
});
