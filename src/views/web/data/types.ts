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
  ApprovalPart,
  AskRule,
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
  ToolRule,
  TurnStep,
  TurnUsage,
  UsePart,
} from '../../../store/records.ts';
export type { Status } from '../../../task/status.ts';
export type { Answer, Failure, Progress, Question, Task } from '../../../task/task.ts';
export type {
  ApprovalBody,
  AssignmentMade,
  AssignmentPage,
  CallAnswer,
  DraftSettled,
  FollowUpBody,
  FollowUpList,
  HookAddress,
  HostState,
  LogPage,
  MessagePage,
  Model,
  ModelBody,
  ModelList,
  ModelPatch,
  ModelTest,
  Problem,
  RememberedList,
  Restart,
  RunPage,
  RunStarted,
  Said,
  ServerBody,
  ServerList,
  ServerReport,
  SessionPage,
  SessionPatch,
  SignInStart,
  StopPlan,
  Stopped,
  TaskPage,
  TaskResultBody,
  Tried,
  Usage,
  Welcome,
} from '../../api/contract/types.ts';
