import type { LanguageModel, ModelMessage, ToolSet } from 'ai';
import type { Clock } from '../../../base/clock.ts';
import type { TurnUsage } from '../../../store/records.ts';

/** A model that says nothing for so long is taken for gone. Local ones may read a long text for many minutes. */
const SILENCE_MS = 15 * 60_000;

export interface StepRequest {
  readonly model: LanguageModel;
  readonly system: string;
  readonly messages: ModelMessage[];
  readonly tools: ToolSet;
  readonly maxOutputTokens?: number | undefined;
  readonly signal: AbortSignal;
  readonly clock: Clock;
}

/** A tool that the model asks for. `problem`: its arguments cannot be read. */
export interface AskedUse {
  readonly callId: string;
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly problem?: string;
  readonly providerData?: Readonly<Record<string, unknown>>;
}

export interface StepAnswer {
  readonly uses: readonly AskedUse[];
  readonly usage?: Omit<TurnUsage, 'cost' | 'currency'>;
  /** `cut`: the stream ended before the model had finished. */
  readonly finish: 'whole' | 'length' | 'refused' | 'aborted' | 'cut';
  /** With `cut`: it had begun to ask for tools. */
  readonly wantedTools?: boolean;
}

/**
 * Asks a model once and hands on what it says while it says it. One step of the SDK: it neither uses tools nor asks
 * again by itself.
 * @throws whatever the SDK or the provider threw; see `modelFault`
 */
export async function streamStep(
  { model, system, messages, tools, maxOutputTokens, signal, clock }: StepRequest,
  said: (type: 'text' | 'reasoning', delta: string) => void,
): Promise<StepAnswer> {
  const { streamText } = await import('ai');
  globalThis.AI_SDK_LOG_WARNINGS = false; // they go to the console, which is not ours to write to
  const silence = new AbortController();
  let callOff = () => {};
  const sign = () => {
    callOff();
    callOff = clock.after(SILENCE_MS, () => silence.abort());
  };
  const uses: AskedUse[] = [];
  let usage: StepAnswer['usage'];
  let finish: StepAnswer['finish'] = 'cut';
  let began = false;
  let wantedTools = false;
  sign();
  try {
    const { stream } = streamText({
      model,
      instructions: system,
      messages,
      tools,
      maxRetries: 0,
      ...(maxOutputTokens !== undefined && { maxOutputTokens }),
      abortSignal: AbortSignal.any([signal, silence.signal]),
      onError: () => {}, // thrown below instead of written to the console
    });
    for await (const part of stream) {
      sign();
      switch (part.type) {
        case 'text-delta':
          began = true;
          said('text', part.text);
          break;
        case 'reasoning-delta':
          began = true;
          said('reasoning', part.text);
          break;
        case 'tool-input-start':
          wantedTools = true;
          break;
        case 'tool-call':
          wantedTools = true;
          uses.push(askedUse(part));
          break;
        case 'error':
          throw part.error;
        case 'abort':
          return { uses, wantedTools, finish: signal.aborted ? 'aborted' : 'cut' };
        case 'finish-step':
          usage = usageOf(part.usage);
          finish = finishOf(part.finishReason, part.rawFinishReason);
          break;
      }
    }
    return { uses, finish, wantedTools, ...(usage && { usage }) };
  } catch (error) {
    if (signal.aborted) return { uses: [], finish: 'aborted' };
    // What had begun to be said is no refusal: it broke off, for whatever reason.
    if (silence.signal.aborted || began || wantedTools) return { uses, finish: 'cut', wantedTools };
    throw error;
  } finally {
    callOff();
  }
}

/** A stream that ends without a reason was cut: providers say why they end. */
function finishOf(reason: string, raw: string | undefined): StepAnswer['finish'] {
  if (reason === 'length') return 'length';
  if (reason === 'content-filter') return 'refused';
  if (reason === 'error') return 'cut';
  return raw === undefined && reason !== 'stop' && reason !== 'tool-calls' ? 'cut' : 'whole';
}

function askedUse(part: {
  toolCallId: string;
  toolName: string;
  input: unknown;
  invalid?: boolean | undefined;
  error?: unknown;
  providerMetadata?: Record<string, unknown> | undefined;
}): AskedUse {
  const isObject = typeof part.input === 'object' && part.input !== null && !Array.isArray(part.input);
  const problem =
    part.invalid === true || !isObject
      ? ((part.error as Error | undefined)?.message ?? 'The arguments are not a JSON object.')
      : undefined;
  return {
    callId: part.toolCallId,
    name: part.toolName,
    arguments: isObject ? (part.input as Record<string, unknown>) : {},
    ...(problem !== undefined && { problem }),
    ...(part.providerMetadata !== undefined && { providerData: part.providerMetadata }),
  };
}

function usageOf(usage: {
  inputTokens: number | undefined;
  outputTokens: number | undefined;
  inputTokenDetails: { cacheReadTokens: number | undefined };
}): StepAnswer['usage'] {
  const { inputTokens, outputTokens, inputTokenDetails } = usage;
  if (inputTokens === undefined && outputTokens === undefined) return undefined;
  const cached = inputTokenDetails?.cacheReadTokens;
  return {
    inputTokens: inputTokens ?? 0,
    outputTokens: outputTokens ?? 0,
    ...(cached !== undefined && cached > 0 && { cachedInputTokens: cached }),
  };
}
