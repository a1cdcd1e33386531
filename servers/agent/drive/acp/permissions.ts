import type {
  PermissionOption,
  RequestPermissionRequest,
  RequestPermissionResponse,
} from '@agentclientprotocol/sdk';
import { toMessage } from '../../../runtime/output/clean.ts';
import type { Answer, Question } from '../../../runtime/work.ts';
import type { PermissionRecord } from '../drive.ts';

/** What is answered to a request for permission, and what is noted of it. */
export interface Ruling {
  readonly response: RequestPermissionResponse;
  readonly decision: PermissionRecord['decision'];
}

/** The question to a person: what the agent wants to do, with the choices that it offers. */
export function permissionQuestion(agent: string, request: RequestPermissionRequest): Question {
  return {
    message: `${agent} asks for permission: ${describeCall(request)}`,
    schema: {
      type: 'object',
      properties: {
        decision: {
          type: 'string',
          title: 'Decision',
          enum: request.options.map(({ optionId }) => optionId),
          enumNames: request.options.map(({ name }) => name),
        },
      },
      required: ['decision'],
    },
  };
}

/** What the agent wants to do, as one line: title, kind, places, and what it would give to the tool. */
export function describeCall({ toolCall }: RequestPermissionRequest): string {
  const { title, kind, locations, rawInput } = toolCall;
  const places = (locations ?? []).slice(0, 5).map(({ path }) => path);
  const input = rawInput === undefined || rawInput === null ? '' : ` with ${JSON.stringify(rawInput)}`;
  const where = places.length === 0 ? '' : ` in ${places.join(', ')}`;
  return toMessage(`${title ?? 'a tool'} (${kind ?? 'other'})${where}${input}`, 500);
}

/** What a person decided; whatever is no choice of those offered is a no. */
export function rulingOf(answer: Answer, options: readonly PermissionOption[]): Ruling {
  if (answer.action !== 'accept') return ruling(options, 'reject');
  const chosen = options.find(({ optionId }) => optionId === answer.content.decision);
  return chosen ? selected(chosen) : ruling(options, 'reject');
}

/** The mildest choice of a kind: once before always. Without such a choice the request is called off. */
export function ruling(options: readonly PermissionOption[], kind: 'allow' | 'reject'): Ruling {
  const choice = [`${kind}_once`, `${kind}_always`]
    .map((wanted) => options.find((option) => option.kind === wanted))
    .find((option) => option !== undefined);
  return choice ? selected(choice) : CALLED_OFF;
}

export const CALLED_OFF: Ruling = { response: { outcome: { outcome: 'cancelled' } }, decision: 'cancelled' };

function selected({ optionId, kind }: PermissionOption): Ruling {
  return {
    response: { outcome: { outcome: 'selected', optionId } },
    decision: kind.startsWith('allow') ? 'allowed' : 'rejected',
  };
}
