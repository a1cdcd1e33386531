import { type AuthMethod, RequestError } from '@agentclientprotocol/sdk';
import { toMessage } from '../../../runtime/output/clean.ts';
import type { Agent } from '../../agents/agent.ts';

const AUTH_REQUIRED = -32000;

/** Why a turn did not come to an end, when the agent itself says so with a stop reason; `undefined` for a good end. */
export function stopReasonFailure(stopReason: string): string | undefined {
  if (stopReason === 'end_turn') return undefined;
  return FAILURES[stopReason] ?? `It ended its turn with ${stopReason}.`;
}

const FAILURES: Readonly<Record<string, string>> = {
  refusal: 'It refused the task.',
  max_tokens: 'It came to the limit of its tokens before it was done.',
  max_turn_requests: 'It came to the limit of its model requests before it was done.',
  cancelled: 'It says that it was cancelled, though nobody asked it to stop.',
};

/** An error of the protocol in words for a person. */
export function protocolFailure(error: unknown, agent: Agent, methods: readonly AuthMethod[]): string {
  if (!(error instanceof RequestError)) return `The connection failed: ${messageOf(error)}.`;
  if (error.code === AUTH_REQUIRED) return signInNeeded(error, agent, methods);
  return `It answered with an error: ${toMessage(`${error.message}${detailsOf(error.data)}`, 500)} (${error.code}).`;
}

function signInNeeded({ message }: RequestError, agent: Agent, methods: readonly AuthMethod[]): string {
  const ways = methods.map(({ name, description }) => (description ? `${name} (${description})` : name));
  const offered = ways.length === 0 ? '' : ` It offers: ${ways.join('; ')}.`;
  const how = agent.signIn === undefined ? '' : ` The way to do it: ${agent.signIn}.`;
  return `It needs you to sign in first (“${toMessage(message)}”).${offered}${how} Then start the run again.`;
}

function detailsOf(data: unknown): string {
  if (data === undefined || data === null) return '';
  const { details, message } = data as { details?: unknown; message?: unknown };
  const text = [data, details, message].find((each) => typeof each === 'string') ?? JSON.stringify(data);
  return `: ${text}`;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
