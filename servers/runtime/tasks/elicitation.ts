import type { ElicitRequestFormParams } from '@modelcontextprotocol/server';
import type { Json } from '../protocol.ts';
import type { Answer, Question } from '../work.ts';

/** A question as MCP asks it, in every version that has it. */
export const elicitation = ({ message, schema }: Question) => ({
  method: 'elicitation/create' as const,
  params: { message, requestedSchema: schema } as unknown as ElicitRequestFormParams,
});

/** What came back; whatever is no answer counts as put away without one. */
export function readAnswer(response: Json): Answer {
  const { action, content } = response;
  if (action === 'accept' && typeof content === 'object' && content !== null)
    return { action, content: content as Json };
  return { action: action === 'decline' ? 'decline' : 'cancel' };
}
