import { request } from './client.ts';
import type {
  Answer,
  CallAnswer,
  HostState,
  LogPage,
  MessagePage,
  Restart,
  Said,
  ServerBody,
  ServerList,
  ServerReport,
  ServerView,
  Session,
  SessionPage,
  SettingValue,
  SignInStart,
  StopPlan,
  Task,
  TaskPage,
  TaskResultBody,
  Welcome,
} from './types.ts';

const part = encodeURIComponent;
const from = (cursor: string | null | undefined): string => (cursor ? `&cursor=${part(cursor)}` : '');

/* The operations of the API that the pages use, one function each. All throw as `request` does. */
export const api = {
  signIn: (token: string) => request<void>('POST', '/signin', { token }),
  welcome: () => request<Welcome>('GET', '/welcome'),

  stopPlan: () => request<StopPlan>('GET', '/host/stop'),
  stopHost: (wait: boolean) => request<StopPlan>('POST', '/host/stop', { wait }),
  keepRunning: () => request<HostState>('DELETE', '/host/stop'),
  restart: () => request<Restart | null>('GET', '/host/restart'),
  restartSeen: () => request<void>('POST', '/host/restart/seen'),

  /** `query`: the filter as query parameters, without limit and cursor. */
  tasks: (query: string, limit: number, cursor?: string | null) =>
    request<TaskPage>('GET', `/tasks?${query}${query === '' ? '' : '&'}limit=${limit}${from(cursor)}`),
  task: (id: string) => request<Task>('GET', `/tasks/${part(id)}`),
  /** Entries after a number; without one, the newest. */
  taskLog: (id: string, after: number | undefined) =>
    request<LogPage>(
      'GET',
      `/tasks/${part(id)}/log?limit=1000${after === undefined ? '' : `&after=${after}`}`,
    ),
  taskResult: (id: string) => request<TaskResultBody>('GET', `/tasks/${part(id)}/result`),
  cancelTask: (id: string) => request<Task>('POST', `/tasks/${part(id)}/cancel`, {}),
  /** Ends the processes of its server, and with them the work named in `alsoEnds`. */
  endTask: (id: string, alsoEnds: readonly string[]) =>
    request<Task>('POST', `/tasks/${part(id)}/cancel`, { force: true, alsoEnds }),
  stopWaiting: (id: string) => request<Task>('POST', `/tasks/${part(id)}/stop-waiting`),
  runAgain: (id: string) => request<CallAnswer>('POST', `/tasks/${part(id)}/run-again`),
  answerTask: (id: string, answer: Answer) => request<Task>('POST', `/tasks/${part(id)}/input`, answer),

  sessions: (cursor?: string | null) => request<SessionPage>('GET', `/sessions?limit=100${from(cursor)}`),
  session: (id: string) => request<Session>('GET', `/sessions/${part(id)}`),
  createSession: (title?: string) => request<Session>('POST', '/sessions', title ? { title } : {}),
  renameSession: (id: string, title: string) => request<Session>('PATCH', `/sessions/${part(id)}`, { title }),
  deleteSession: (id: string) => request<void>('DELETE', `/sessions/${part(id)}`),
  messages: (id: string, cursor?: string | null) =>
    request<MessagePage>('GET', `/sessions/${part(id)}/messages?limit=50${from(cursor)}`),
  say: (id: string, text: string) => request<Said>('POST', `/sessions/${part(id)}/messages`, { text }),

  servers: () => request<ServerList>('GET', '/servers'),
  addServer: (body: ServerBody) => request<ServerView>('POST', '/servers', body),
  setServerEnabled: (name: string, enabled: boolean) =>
    request<ServerView>('PATCH', `/servers/${part(name)}`, { enabled }),
  /** `alsoEnds`: the work that ends with the restart, as named by a refusal. */
  setServerSettings: (
    name: string,
    settings: Readonly<Record<string, SettingValue | null>>,
    alsoEnds: readonly string[],
  ) => request<ServerView>('PATCH', `/servers/${part(name)}`, { meanwhile: { settings }, alsoEnds }),
  removeServer: (name: string) => request<void>('DELETE', `/servers/${part(name)}`),
  /** @returns the address to open in another tab */
  signInToServer: (name: string) => request<SignInStart>('POST', `/servers/${part(name)}/sign-in`),
  signOutOfServer: (name: string) => request<ServerView>('POST', `/servers/${part(name)}/sign-out`),
  /** Takes up to a minute; `signal` calls the test off. */
  testServer: (name: string, what: { tool?: string; arguments?: object }, signal: AbortSignal) =>
    request<ServerReport>('POST', `/servers/${part(name)}/test`, what, signal),
  retryServer: (name: string) => request<void>('POST', `/servers/${part(name)}/retry`),
} as const;
