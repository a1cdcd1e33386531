/* The shapes that the pages speak of: the domain's own, and the answers of the API. Types only. */

export type {
  CallPart,
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
  CallAnswer,
  HostState,
  LogPage,
  MessagePage,
  Problem,
  Restart,
  Said,
  ServerBody,
  ServerList,
  ServerReport,
  SessionPage,
  SignInStart,
  StopPlan,
  TaskPage,
  TaskResultBody,
  Welcome,
} from '../../api/contract/types.ts';
