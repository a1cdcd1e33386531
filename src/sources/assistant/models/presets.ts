import type { ModelPreset, ProviderName } from '../../model-directory.ts';

/** Where keys are looked for that are not in `models.json`. Such a key goes to the provider's own address only. */
export const KEY_VARIABLES: Readonly<Partial<Record<ProviderName, string>>> = {
  anthropic: 'ANTHROPIC_API_KEY',
  openai: 'OPENAI_API_KEY',
  google: 'GOOGLE_GENERATIVE_AI_API_KEY',
};

const ours = (provider: 'anthropic' | 'openai' | 'google', title: string): ModelPreset => ({
  name: provider,
  title,
  provider,
  needsKey: true,
  keyVariable: KEY_VARIABLES[provider] as string,
});

const local = (name: string, title: string, baseUrl: string): ModelPreset => ({
  name,
  title,
  provider: 'openai-compatible',
  baseUrl,
  needsKey: false,
});

/** Addresses as these programs serve them when nobody has set anything else. */
export const PRESETS: readonly ModelPreset[] = [
  ours('anthropic', 'Anthropic'),
  ours('openai', 'OpenAI'),
  ours('google', 'Google'),
  {
    ...local('openrouter', 'OpenRouter', 'https://openrouter.ai/api/v1'),
    needsKey: true,
  },
  local('ollama', 'Ollama', 'http://localhost:11434/v1'),
  local('lmstudio', 'LM Studio', 'http://localhost:1234/v1'),
  local('vllm', 'vLLM', 'http://localhost:8000/v1'),
  local('llamacpp', 'llama.cpp', 'http://localhost:8080/v1'),
];
