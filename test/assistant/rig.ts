import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerEntry } from '../../src/sources/server-entry.ts';
import type { Message, MessagePart, Session, UsePart } from '../../src/store/records.ts';
import type { Task } from '../../src/task/task.ts';
import type { MessagePage, Said, ServerList } from '../../src/views/api/contract/types.ts';
import { eventually } from '../support/eventually.ts';
import { type Api, type AtEnd, tempFolder, testHost, writeConfig } from '../support/test-host.ts';
import { type ModelStub, modelStub } from './model-stub.ts';

export type Wire = 'openai-compatible' | 'anthropic';

export const modelAt = (stub: ModelStub, wire: Wire = 'openai-compatible', more: object = {}) => ({
  id: 'stub',
  provider: wire,
  model: 'stub-1',
  baseUrl: stub.url,
  apiKey: 'sk-a-secret-key-of-a-test-9876',
  ...more,
});

/** What a test asks of a chat, and sees in it. */
export function chatting(api: Api, session: string) {
  const messages = async (): Promise<Message[]> => {
    const { body } = await api.get<MessagePage>(`/api/sessions/${session}/messages?limit=200`);
    return (body.messages as Message[]).filter(({ supersededBy }) => supersededBy === undefined);
  };
  const steps = async () => (await messages()).filter(({ turn }) => turn !== undefined);
  const chat = {
    session,
    messages,
    steps,
    say: (text: string) => api.post<Said>(`/api/sessions/${session}/messages`, { text }),
    /** The newest step, once its turn is in one of these states. */
    until: (...states: NonNullable<Message['turn']>['state'][]) =>
      eventually(async () => {
        const last = (await steps()).at(-1);
        return last?.turn !== undefined && states.includes(last.turn.state) && !isBetween(last) && last;
      }, 15_000),
    async ask(text: string) {
      const said = await chat.say(text);
      if (said.status !== 201) throw new Error(JSON.stringify(said.body));
      const own = said.body.messages[0]!.id;
      return eventually(async () => {
        const all = await messages();
        const last = all.findLast(({ turn }) => turn !== undefined);
        const isAfter = last !== undefined && all.indexOf(last) > all.findIndex(({ id }) => id === own);
        return isAfter && last.turn?.state !== 'running' && !isBetween(last) && last;
      }, 15_000);
    },
    allow: (message: Message, callId: string, allow = true, remember?: 'tool' | 'server') =>
      api.post<Message>(`/api/sessions/${session}/messages/${message.id}/approvals/${callId}`, {
        allow,
        ...(remember && { remember }),
      }),
    act: <T = Said>(what: string, message: { id: string }, body?: unknown) =>
      api.post<T>(`/api/sessions/${session}/messages/${message.id}/${what}`, body),
  };
  return chat;
}

export type Chatting = ReturnType<typeof chatting>;

/** A step that asked for tools is followed by another one. */
const isBetween = ({ turn, parts }: Message): boolean =>
  turn?.state === 'done' && parts.some(({ type }) => type === 'use');

export const textOf = ({ parts }: { parts: readonly MessagePart[] }): string =>
  parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('');

export const usesIn = ({ parts }: { parts: readonly MessagePart[] }): UsePart[] =>
  parts.filter((part) => part.type === 'use');

/** A host with a model and servers, and a chat in which nothing is asked for, unless a test wants it. */
export async function assistantHost(
  servers: Record<string, ServerEntry> = {},
  options: {
    wire?: Wire;
    limits?: object;
    titles?: boolean;
    model?: object;
    session?: object;
    atEnd?: AtEnd;
    folder?: string;
    stub?: ModelStub;
  } = {},
) {
  const stub = options.stub ?? (await modelStub(options.atEnd));
  const folder = options.folder ?? tempFolder(options.atEnd);
  if (options.folder === undefined) {
    writeConfig(folder, servers);
    writeModels(folder, stub, options);
  }
  const host = await testHost({}, { folder, ...(options.atEnd && { atEnd: options.atEnd }) });
  const { api } = host;
  await ready(api);
  const newChat = async (settings: object = { ask: 'never' }) => {
    const { id } = (await api.post<Session>('/api/sessions', {})).body;
    await api.patch(`/api/sessions/${id}`, settings);
    return chatting(api, id);
  };
  const task = async (id: string) => (await api.get<Task>(`/api/tasks/${id}`)).body;
  return { host, api, stub, folder, newChat, chat: await newChat(options.session), task };
}

export const writeModels = (
  folder: string,
  stub: ModelStub,
  {
    wire,
    model,
    limits,
    titles = false,
  }: { wire?: Wire; model?: object; limits?: object; titles?: boolean } = {},
) =>
  writeFileSync(
    join(folder, 'models.json'),
    JSON.stringify({ models: [modelAt(stub, wire, model)], titles, ...(limits && { limits }) }),
    { mode: 0o600 },
  );

export const ready = (api: Api) =>
  eventually(async () => {
    const { servers } = (await api.get<ServerList>('/api/servers')).body;
    return servers.every(({ state }) => state === 'ready' || state === 'off');
  });
