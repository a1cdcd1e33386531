import type { LanguageModel } from 'ai';
import { Agent, fetch as undiciFetch } from 'undici';
import type { ModelEntry } from '../../model-directory.ts';

const CONNECT_MS = 10_000;

/** What speaks to models. Models on this machine may think for many minutes: silence is judged by whoever reads. */
export interface ModelSockets {
  readonly fetch: typeof fetch;
  close(): Promise<void>;
}

/** Sockets of our own, so that closing leaves none behind. */
export function modelSockets(): ModelSockets {
  const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0, connectTimeout: CONNECT_MS });
  const own = (input: string | URL, init: object = {}) =>
    undiciFetch(input, { ...init, dispatcher } as never);
  // undici's own types and the platform's describe the same objects under two names.
  return { fetch: own as unknown as typeof fetch, close: () => dispatcher.destroy() };
}

/**
 * The model of an entry, as the AI SDK speaks to it. Each provider's code is loaded when it is used.
 * @param apiKey with its variables filled in; a local server may need none
 */
export async function languageModel(
  { provider, model, baseUrl }: ModelEntry,
  apiKey: string | undefined,
  sockets: ModelSockets,
): Promise<LanguageModel> {
  // A key that is not there is an empty one: otherwise the SDK looks into the environment by itself, whatever the address.
  const common = { apiKey: apiKey ?? '', fetch: sockets.fetch, ...(baseUrl && { baseURL: baseUrl }) };
  switch (provider) {
    case 'anthropic':
      return (await import('@ai-sdk/anthropic')).createAnthropic(common)(model);
    case 'openai':
      // The wire that all compatible servers speak, and the one that is tested here.
      return (await import('@ai-sdk/openai')).createOpenAI(common).chat(model);
    case 'google':
      return (await import('@ai-sdk/google')).createGoogleGenerativeAI(common)(model);
    case 'openai-compatible': {
      const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
      return createOpenAICompatible({
        name: 'local',
        baseURL: baseUrl ?? '',
        fetch: sockets.fetch,
        includeUsage: true,
        ...(apiKey !== undefined && { apiKey }),
      })(model);
    }
  }
}
