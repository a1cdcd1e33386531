import type { ServerContext } from '@modelcontextprotocol/server';
import type { Job, OpenQuestion } from '../job/job.ts';
import type { Json } from '../protocol.ts';
import { elicitation, readAnswer } from './elicitation.ts';

/** A person may take any time; the longest that a timer can. */
const FOREVER_MS = 2 ** 31 - 1;

/**
 * Puts the questions of a job to the client as requests of ours (before 2026-07-28), each once, until `signal`.
 * @param meta goes with each request
 * @param wasAsked the keys that were put already, where several streams may ask
 */
export function askByRequest(
  job: Job,
  context: ServerContext,
  signal: AbortSignal,
  { meta, wasAsked = new Set<string>() }: { meta?: Json; wasAsked?: Set<string> } = {},
): void {
  const ask = async ({ key, question }: OpenQuestion) => {
    wasAsked.add(key);
    const { method, params } = elicitation(question);
    const request = { method, params: { ...params, ...(meta && { _meta: meta }) } };
    try {
      const answer = await context.mcpReq.send(request, { timeout: FOREVER_MS });
      job.answer(key, readAnswer(answer));
    } catch {
      wasAsked.delete(key); // the stream broke: whoever listens next is asked again
    }
  };
  const look = () => {
    for (const open of job.questions) if (!wasAsked.has(open.key)) void ask(open);
  };
  signal.addEventListener('abort', job.watch(look), { once: true });
  look();
}
