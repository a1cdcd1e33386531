import type { ModelMessage, ToolSet } from 'ai';
import { type Clock, isoNow } from '../../../base/clock.ts';
import { AppError } from '../../../base/errors.ts';
import type { Logger } from '../../../base/log.ts';
import type { Store } from '../../../store/ports.ts';
import type { MessagePart, TurnUsage, UsePart } from '../../../store/records.ts';
import type { Task } from '../../../task/task.ts';
import { fitWindow, tokensOf } from '../context/fit-window.ts';
import { renderHistory } from '../context/render-history.ts';
import { summarise } from '../context/summarise.ts';
import { systemPrompt } from '../context/system-prompt.ts';
import { resultText } from '../context/told-text.ts';
import type { Models } from '../models/directory.ts';
import { type ModelFault, modelFault } from '../models/model-fault.ts';
import type { UsableModel } from '../models/usable-model.ts';
import type { OfferedTool } from '../tools/offered-tools.ts';
import { loadHistory } from './history.ts';
import type { OpenStep } from './open-step.ts';
import { streamStep } from './stream-step.ts';

const DEFAULT_WINDOW = 128_000;
/** Servers at home often run with a small window, and cut off what is too much without a word. */
const DEFAULT_LOCAL_WINDOW = 32_000;
const ANSWER_SHARE = 0.2;
const MOST_FOR_ANSWER = 16_000;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 5 * 60_000;
const CUT = 'The connection to the model broke off here; it was asked again.';

export type Answered =
  /** `flaw`: it is not all that the model would have said. */
  | { readonly type: 'answered'; readonly flaw?: 'refused' | 'short' }
  | { readonly type: 'stopped' }
  | { readonly type: 'left' }
  | { readonly type: 'failed'; readonly code: string; readonly message: string };

/**
 * Asks the model for the answer of a step, and writes it into the step while it comes. What a provider refuses for now is
 * asked again, as it says when; an answer that broke off is asked once more, unless tools were asked for.
 */
export async function askModel(
  step: OpenStep,
  tools: readonly OfferedTool[],
  parts: { store: Store; models: Models; clock: Clock; log: Logger; maxOutputTokens: number | undefined },
): Promise<Answered> {
  const { models, clock, log } = parts;
  const { modelId } = step.writer.message().turn;
  const entry = models.pick(modelId);
  if (entry === undefined)
    return { type: 'failed', code: 'no_model', message: 'No model is set up any more.' };
  let usable: UsableModel;
  try {
    usable = await models.use(entry);
  } catch (error) {
    return {
      type: 'failed',
      code: 'model_key',
      message: error instanceof AppError ? error.detail : String(error),
    };
  }
  const { retries } = models.limits();
  let wasCut = false;
  for (let attempt = 1; ; attempt++) {
    const fault = await attemptOnce(step, tools, usable, parts);
    if (step.isLeft()) return { type: 'left' };
    if (step.stopped()) return { type: 'stopped' };
    if (fault === undefined || 'type' in fault) return fault ?? { type: 'answered' };
    log.info({ what: fault.what, model: entry.id, attempt }, 'a model could not answer');
    const failed = { type: 'failed', code: `model_${fault.what}`, message: fault.words } as const;
    if (fault.what === 'cut') {
      if (wasCut || fault.wantedTools === true) return failed;
      wasCut = true;
      if (step.writer.message().parts.some(({ type }) => type === 'text'))
        step.writer.parts((all) => [...all, { type: 'notice', text: CUT, code: 'stream_cut' }]);
      continue;
    }
    if ((fault.what !== 'rate_limit' && fault.what !== 'overloaded') || attempt > retries) return failed;
    const waitMs = fault.retryAfterMs ?? FIRST_WAIT_MS * 2 ** (attempt - 1);
    if (waitMs > LONGEST_WAIT_MS) return failed;
    const at = new Date(clock.now() + waitMs).toISOString();
    step.writer.turn({ retry: { at, attempt, message: fault.words } });
    await step.writer.keep();
    const callOff = clock.after(waitMs, () => over.resolve());
    const over = Promise.withResolvers<void>();
    await Promise.race([over.promise, step.leaving]);
    callOff();
    step.writer.turn({ retry: undefined });
  }
}

async function attemptOnce(
  step: OpenStep,
  tools: readonly OfferedTool[],
  usable: UsableModel,
  parts: Parameters<typeof askModel>[2],
): Promise<ModelFault | Answered | undefined> {
  const { writer, signal } = step;
  const { store, clock } = parts;
  const { entry } = usable;
  try {
    const system = systemPrompt(isoNow(clock).slice(0, 10));
    const offered = await toolSet(tools);
    const window =
      entry.contextTokens ?? (entry.provider === 'openai-compatible' ? DEFAULT_LOCAL_WINDOW : DEFAULT_WINDOW);
    const forAnswer = Math.min(MOST_FOR_ANSWER, Math.floor(window * ANSWER_SHARE));
    const budget = Math.max(
      500,
      window - forAnswer - tokensOf(system) - tokensOf(tools.map(({ tool }) => tool)),
    );
    let fitted = fitWindow(await told(step, store), budget);
    if (fitted.summarise !== undefined) {
      const { items, covers } = fitted.summarise;
      const { text, usage } = await summarise(usable, items, budget, { signal, clock });
      if (signal.aborted) return { type: 'stopped' };
      addUsage(step, usage, usable);
      // Kept before it is built upon, so that the same is not summarised again.
      writer.parts((all) => [...all, { type: 'notice', code: 'summary', covers, text }]);
      await writer.keep();
      fitted = fitWindow(await told(step, store), budget);
    }
    noteLeftOut(step, fitted.leftOut);
    const answer = await streamStep(
      {
        model: usable.model,
        system,
        messages: joinedUsers(fitted.messages),
        tools: offered,
        // Anthropic wants a figure; the SDK would take a small one for models that it does not know.
        maxOutputTokens: parts.maxOutputTokens ?? (entry.provider === 'anthropic' ? forAnswer : undefined),
        signal,
        clock,
      },
      writer.say,
    );
    addUsage(step, answer.usage, usable);
    if (answer.finish === 'aborted') return { type: 'stopped' };
    const asked = answer.uses.map((use): UsePart => {
      const tool = tools.find(({ name }) => name === use.name);
      return {
        type: 'use',
        callId: use.callId,
        server: tool?.server ?? 'unknown',
        tool: tool?.tool.name ?? use.name,
        arguments: use.arguments,
        state: 'asked',
        ...(use.problem !== undefined && { told: { text: use.problem, isError: true } }),
        ...(use.providerData !== undefined && { providerData: use.providerData }),
      };
    });
    const cut = answer.finish === 'cut';
    writer.parts((all) => [...all, ...asked.map((use) => (cut ? { ...use, ...NOT_DONE } : use))]);
    if (cut)
      return {
        what: 'cut',
        words: `${usable.where} broke off its answer.`,
        ...(answer.wantedTools && { wantedTools: true as const }),
      };
    return {
      type: 'answered',
      ...(answer.finish === 'refused' && { flaw: 'refused' as const }),
      ...(answer.finish === 'length' && { flaw: 'short' as const }),
    };
  } catch (error) {
    return modelFault(error, usable.where, entry.model, usable.secret);
  }
}

/** Some servers at home insist that user and assistant take turns. */
function joinedUsers(messages: readonly ModelMessage[]): ModelMessage[] {
  const joined: ModelMessage[] = [];
  for (const message of messages) {
    const last = joined.at(-1);
    if (message.role === 'user' && last?.role === 'user')
      joined[joined.length - 1] = { role: 'user', content: `${last.content}\n\n${message.content}` };
    else joined.push(message);
  }
  return joined;
}

const NOT_DONE = {
  state: 'answered',
  told: { text: 'Not done: the answer of the model broke off.', isError: true },
} as const;

/** All that stands before the step, as the model is told it. */
async function told({ writer }: OpenStep, store: Store) {
  const messages = await loadHistory(store, writer.sessionId);
  const at = messages.findIndex(({ id }) => id === writer.id);
  // The step itself may hold a summary of what stands before it.
  const before = messages.slice(0, at < 0 ? undefined : at);
  const summary = writer.message().parts.filter((part) => part.type === 'notice' && part.code === 'summary');
  return renderHistory(
    summary.length === 0 ? before : [...before, { ...writer.message(), seq: 0, parts: summary }],
    async (task: Task) => {
      const content = await store.tasks.content(task.id);
      return content === undefined ? undefined : resultText(JSON.parse(content));
    },
  );
}

/** Said once, and again when more of it has gone. */
function noteLeftOut({ writer }: OpenStep, leftOut: number) {
  if (leftOut === 0 || leftOut === writer.message().turn.leftOut) return;
  writer.turn({ leftOut });
  const notice: MessagePart = {
    type: 'notice',
    code: 'left_out',
    text: `The output of ${leftOut} earlier tool ${leftOut === 1 ? 'call was' : 'calls was'} left out, to keep within what the model can read at once.`,
  };
  writer.parts((all) => [...all, notice]);
}

function addUsage(
  { writer }: OpenStep,
  used: Omit<TurnUsage, 'cost' | 'currency'> | undefined,
  { entry: { price } }: UsableModel,
) {
  if (used === undefined) return;
  const before = writer.message().turn.usage;
  const inputTokens = (before?.inputTokens ?? 0) + used.inputTokens;
  const outputTokens = (before?.outputTokens ?? 0) + used.outputTokens;
  const cached = (before?.cachedInputTokens ?? 0) + (used.cachedInputTokens ?? 0);
  const cost =
    price && (inputTokens * price.inputPerMillion + outputTokens * price.outputPerMillion) / 1_000_000;
  writer.turn({
    usage: {
      inputTokens,
      outputTokens,
      ...(cached > 0 && { cachedInputTokens: cached }),
      ...(price !== undefined && cost !== undefined && { cost, currency: price.currency }),
    },
  });
}

/** The tools as the SDK takes them; none of them runs by itself. */
async function toolSet(tools: readonly OfferedTool[]): Promise<ToolSet> {
  const { jsonSchema, tool: define } = await import('ai');
  return Object.fromEntries(
    tools.map(({ name, tool }) => [
      name,
      define({
        description: tool.description ?? tool.title ?? tool.name,
        inputSchema: jsonSchema<Record<string, unknown>>({
          type: 'object',
          properties: {},
          ...tool.inputSchema,
        } as never),
      }),
    ]),
  ) as ToolSet;
}
