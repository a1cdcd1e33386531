import type { z } from '@hono/zod-openapi';
import type * as assignments from './assignment-bodies.ts';
import type * as bodies from './bodies.ts';
import type * as host from './host.ts';
import type { ProblemSchema } from './records.ts';

/* The contract as types, for the views: import these with `import type`, so that no schema code travels. */

export type TaskPage = z.infer<typeof bodies.TaskPageSchema>;
export type LogPage = z.infer<typeof bodies.LogPageSchema>;
export type TaskResultBody = z.infer<typeof bodies.ResultSchema>;
export type SessionRow = z.infer<typeof bodies.SessionRowSchema>;
export type SessionPage = z.infer<typeof bodies.SessionPageSchema>;
export type MessagePage = z.infer<typeof bodies.MessagePageSchema>;
export type Said = z.infer<typeof bodies.SaidSchema>;
export type ServerList = z.infer<typeof bodies.ServerListSchema>;
export type ServerBody = z.infer<typeof bodies.ServerBodySchema>;
export type SignInStart = z.infer<typeof bodies.SignInStartSchema>;
export type ServerReport = z.infer<typeof bodies.ServerReportSchema>;
export type CallAnswer = z.infer<typeof bodies.CallAnswerSchema>;
export type Welcome = z.infer<typeof bodies.WelcomeSchema>;
export type Problem = z.infer<typeof ProblemSchema>;
export type HostState = z.infer<typeof host.HostStateSchema>;
export type StopPlan = z.infer<typeof host.StopPlanSchema>;
export type Restart = z.infer<typeof host.RestartSchema>;
export type AssignmentPage = z.infer<typeof assignments.AssignmentPageSchema>;
export type AssignmentMade = z.infer<typeof assignments.AssignmentMadeSchema>;
export type AssignmentExportBody = z.infer<typeof assignments.ExportSchema>;
export type AssignmentsImported = z.infer<typeof assignments.ImportedSchema>;
export type HookAddress = z.infer<typeof assignments.HookAddressSchema>;
export type HookAnswer = z.infer<typeof assignments.HookAnswerSchema>;
export type Tried = z.infer<typeof assignments.TriedSchema>;
export type RunPage = z.infer<typeof assignments.RunPageSchema>;
export type RunStarted = z.infer<typeof assignments.RunStartedSchema>;
export type DraftSettled = z.infer<typeof assignments.DraftSettledSchema>;
