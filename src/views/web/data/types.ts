/* The shapes that the pages speak of: the domain's own, and the answers of the API. Types only. */

export type {
  Assignment,
  AssignmentState,
  EventFilter,
  EventTrigger,
  RunGlance,
} from '../../../assignment/assignment.ts';
export type { AssignmentDraft, Preview } from '../../../assignment/draft.ts';
export type { Run, RunStep } from '../../../assignment/run.ts';
export type { RunState } from '../../../assignment/run-state.ts';
export type {
  CallPart,
  DraftPart,
  LogEntry,
  Message,
  MessagePart,
  ServerView,
  Session,
  SettingField,
  SettingValue,
  Tool,
} from '../../../store/records.ts';
export type { Status } from '../../../task/status.ts';
export type { Answer, Failure, Progress, Question, Task } from '../../../task/task.ts';
export type {
  AssignmentMade,
  AssignmentPage,
  CallAnswer,
  DraftSettled,
  HookAddress,
  HostState,
  LogPage,
  MessagePage,
  Problem,
  Restart,
  RunPage,
  RunStarted,
  Said,
  ServerBody,
  ServerList,
  ServerReport,
  SessionPage,
  SignInStart,
  StopPlan,
  TaskPage,
  TaskResultBody,
  Tried,
  Welcome,
} from '../../api/contract/types.ts';
