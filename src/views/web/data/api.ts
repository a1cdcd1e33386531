import { request } from './client.ts';
import type {
  Answer,
  ApprovalBody,
  Assignment,
  AssignmentDraft,
  AssignmentMade,
  AssignmentPage,
  CallAnswer,
  DraftSettled,
  FollowUpBody,
  FollowUpList,
  HookAddress,
  HostState,
  LogPage,
  Message,
  MessagePage,
  Model,
  ModelBody,
  ModelList,
  ModelPatch,
  ModelTest,
  OpenSteps,
  Preview,
  RememberedList,
  Restart,
  Run,
  RunPage,
  RunStarted,
  Said,
  SearchPage,
  ServerBody,
  ServerList,
  ServerReport,
  ServerView,
  Session,
  SessionPage,
  SessionPatch,
  SettingValue,
  SignInStart,
  StopPlan,
  Stopped,
  Task,
  TaskPage,
  TaskResultBody,
  Tried,
  Usage,
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
  /** The tasks that are parts of another. */
  childTasks: (id: string) => request<TaskPage>('GET', `/tasks?parent=${part(id)}&limit=200`),
  answerTask: (id: string, answer: Answer) => request<Task>('POST', `/tasks/${part(id)}/input`, answer),

  /** What is to be said in the chat of a task when it has come so far. */
  followUps: (taskId: string) => request<FollowUpList>('GET', `/tasks/${part(taskId)}/follow-ups`),
  addFollowUp: (taskId: string, body: FollowUpBody) =>
    request<FollowUpList['followUps'][number]>('POST', `/tasks/${part(taskId)}/follow-ups`, body),
  /** Whether the assistant takes no turn when it ends. */
  muteTask: (taskId: string, muted: boolean) =>
    request<void>('POST', `/tasks/${part(taskId)}/mute`, { muted }),
  changeFollowUp: (taskId: string, id: string, change: FollowUpBody) =>
    request<FollowUpList['followUps'][number]>(
      'PATCH',
      `/tasks/${part(taskId)}/follow-ups/${part(id)}`,
      change,
    ),
  removeFollowUp: (taskId: string, id: string) =>
    request<void>('DELETE', `/tasks/${part(taskId)}/follow-ups/${part(id)}`),

  sessions: (cursor?: string | null) => request<SessionPage>('GET', `/sessions?limit=100${from(cursor)}`),
  search: (q: string, signal?: AbortSignal) =>
    request<SearchPage>('GET', `/search?limit=20&q=${part(q)}`, undefined, signal),
  session: (id: string) => request<Session>('GET', `/sessions/${part(id)}`),
  createSession: (title?: string) => request<Session>('POST', '/sessions', title ? { title } : {}),
  /** Null takes a choice back. */
  changeSession: (id: string, change: SessionPatch) =>
    request<Session>('PATCH', `/sessions/${part(id)}`, change),
  deleteSession: (id: string) => request<void>('DELETE', `/sessions/${part(id)}`),
  /** What the assistant has taken in a chat. */
  usage: (id: string) => request<Usage>('GET', `/sessions/${part(id)}/usage`),
  /** Where a browser finds a chat whole, as a file. */
  exportAddress: (id: string, format: 'markdown' | 'json') =>
    `/api/sessions/${part(id)}/export?format=${format}`,
  messages: (id: string, cursor?: string | null) =>
    request<MessagePage>('GET', `/sessions/${part(id)}/messages?limit=50${from(cursor)}`),
  say: (id: string, text: string) => request<Said>('POST', `/sessions/${part(id)}/messages`, { text }),

  /** Turns that go on or wait for somebody, in any chat. */
  openSteps: () => request<OpenSteps>('GET', '/turns'),
  /** Stops generating; tasks go on. */
  stopTurn: (sessionId: string) => request<Stopped>('POST', `/sessions/${part(sessionId)}/stop`),
  continueTurn: (sessionId: string, messageId: string) =>
    request<Said>('POST', `/sessions/${part(sessionId)}/messages/${part(messageId)}/continue`),
  retryTurn: (sessionId: string, messageId: string) =>
    request<Said>('POST', `/sessions/${part(sessionId)}/messages/${part(messageId)}/retry`),
  editMessage: (sessionId: string, messageId: string, text: string) =>
    request<Said>('POST', `/sessions/${part(sessionId)}/messages/${part(messageId)}/edit`, { text }),
  branch: (sessionId: string, messageId: string) =>
    request<Session>('POST', `/sessions/${part(sessionId)}/branch`, { messageId }),
  approve: (sessionId: string, messageId: string, callId: string, answer: ApprovalBody) =>
    request<Message>(
      'POST',
      `/sessions/${part(sessionId)}/messages/${part(messageId)}/approvals/${part(callId)}`,
      answer,
    ),
  /** Answers to approvals that hold from now on. */
  remembered: () => request<RememberedList>('GET', '/approvals'),
  forgetAnswer: (id: string) => request<void>('DELETE', `/approvals/${part(id)}`),

  models: () => request<ModelList>('GET', '/models'),
  addModel: (body: ModelBody) => request<Model>('POST', '/models', body),
  changeModel: (id: string, change: ModelPatch) => request<Model>('PATCH', `/models/${part(id)}`, change),
  removeModel: (id: string) => request<void>('DELETE', `/models/${part(id)}`),
  /** Says a word to a model that is not saved yet. */
  testModelDraft: (body: ModelBody, signal?: AbortSignal) =>
    request<ModelTest>('POST', '/models/test', body, signal),
  /** The same with one that is saved, and the changes that are not. */
  testModel: (id: string, change: ModelPatch, signal?: AbortSignal) =>
    request<ModelTest>('POST', `/models/${part(id)}/test`, change, signal),

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
  /** A call in the session of direct calls. */
  callTool: (server: string, tool: string, args: object) =>
    request<CallAnswer>('POST', `/servers/${part(server)}/tools/${part(tool)}`, { arguments: args }),
  retryServer: (name: string) => request<void>('POST', `/servers/${part(name)}/retry`),

  /** `query`: the filter as query parameters, without limit and cursor. */
  assignments: (query: string, limit: number, cursor?: string | null) =>
    request<AssignmentPage>(
      'GET',
      `/assignments?${query}${query === '' ? '' : '&'}limit=${limit}${from(cursor)}`,
    ),
  assignment: (id: string) => request<Assignment>('GET', `/assignments/${part(id)}`),
  /** What would come of a draft; nothing is saved. */
  previewAssignment: (draft: AssignmentDraft, signal?: AbortSignal) =>
    request<Preview>('POST', '/assignments/preview', draft, signal),
  tryAssignment: (draft: AssignmentDraft, event?: { type: string; data: object }) =>
    request<Tried>('POST', '/assignments/try', { draft, ...(event && { event }) }),
  makeAssignment: (draft: AssignmentDraft) => request<AssignmentMade>('POST', '/assignments', draft),
  changeAssignment: (id: string, change: Partial<AssignmentDraft> & { state?: 'on' | 'paused' }) =>
    request<Assignment>('PATCH', `/assignments/${part(id)}`, change),
  removeAssignment: (id: string) => request<void>('DELETE', `/assignments/${part(id)}`),
  restoreAssignment: (id: string) => request<Assignment>('POST', `/assignments/${part(id)}/restore`),
  runAssignment: (id: string) => request<RunStarted>('POST', `/assignments/${part(id)}/run`),
  /** A new address of its hook; the one before stops working. */
  renewHook: (id: string) => request<HookAddress>('POST', `/assignments/${part(id)}/hook`),
  runs: (id: string, limit: number, cursor?: string | null) =>
    request<RunPage>('GET', `/assignments/${part(id)}/runs?limit=${limit}${from(cursor)}`),
  run: (id: string) => request<Run>('GET', `/runs/${part(id)}`),
  /** Says yes or no to the card of an assignment in a chat. */
  settleDraft: (sessionId: string, messageId: string, action: 'make' | 'drop') =>
    request<DraftSettled>('POST', `/sessions/${part(sessionId)}/messages/${part(messageId)}/draft`, {
      action,
    }),
} as const;
