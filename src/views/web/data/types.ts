/* The shapes that the pages speak of: the domain's own, and the answers of the API. Types only. */

export type {
  CallPart,
  LogEntry,
  Message,
  MessagePart,
  ServerView,
  Session,
  Tool,
} from '../../../store/records.ts';
export type { Status } from '../../../task/status.ts';
export type { Answer, Failure, Progress, Question, Task } from '../../../task/task.ts';
export type {
  CallAnswer,
  LogPage,
  MessagePage,
  Problem,
  Said,
  ServerBody,
  ServerList,
  ServerReport,
  SessionPage,
  SignInStart,
  TaskPage,
  TaskResultBody,
  Welcome,
} from '../../api/contract/types.ts';
