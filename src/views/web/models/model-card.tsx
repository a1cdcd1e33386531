import { KeyRound, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '../data/api.ts';
import { errorWords } from '../data/client.ts';
import { showToast } from '../data/toasts.ts';
import type { Model, ModelList } from '../data/types.ts';
import { formatCost, formatTokens } from '../text/tokens.ts';
import { Alert } from '../ui/alert.tsx';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { ModelDialog } from './model-dialog.tsx';
import { TestResult, useModelTest } from './test-model.tsx';
import { useModelsChanged } from './use-models.ts';

interface ModelCardProps {
  readonly model: Model;
  readonly list: ModelList;
}

const PROVIDER_WORDS: Readonly<Record<Model['provider'], string>> = {
  anthropic: 'Anthropic',
  openai: 'OpenAI',
  google: 'Google',
  'openai-compatible': 'OpenAI-compatible',
};

/** One model that is set up. */
export function ModelCard({ model, list }: ModelCardProps) {
  const changed = useModelsChanged();
  const [dialog, setDialog] = useState<'change' | 'remove'>();
  const test = useModelTest();
  const name = model.title ?? model.model;
  const act = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      showToast(`${name}: ${errorWords(error)}`, { kind: 'error' });
    }
    await changed();
  };
  const facts = [
    model.baseUrl ?? PROVIDER_WORDS[model.provider],
    model.contextTokens !== undefined && `reads ${formatTokens(model.contextTokens)} tokens at once`,
    model.price !== undefined &&
      `${formatCost(model.price.inputPerMillion, model.price.currency)} read, ${formatCost(model.price.outputPerMillion, model.price.currency)} written per million`,
  ].filter((fact): fact is string => typeof fact === 'string');
  return (
    <li aria-label={name} className="rounded-xl border border-line bg-raised shadow-card">
      <div className="flex flex-col gap-1 p-4">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <h3 className="min-w-0 text-md font-semibold tracking-tight break-words">{name}</h3>
          {model.isDefault && (
            <span className="rounded-md bg-accent-soft px-2 text-xs leading-5 font-medium text-accent-ink">
              Default
            </span>
          )}
        </div>
        {model.title !== undefined && <p className="truncate font-mono text-xs text-muted">{model.model}</p>}
        <p className="text-xs break-words text-muted">{facts.join(' · ')}</p>
        <p className="mt-1 flex items-center gap-1.5 text-xs text-muted">
          <KeyRound className="size-3.5 shrink-0" aria-hidden />
          {keyWords(model)}
        </p>
      </div>
      {(model.problem !== undefined || test.result !== undefined) && (
        <div className="flex flex-col gap-2 px-4 pb-4">
          {model.problem !== undefined && <Alert kind="needs">{model.problem}</Alert>}
          <TestResult test={test} />
        </div>
      )}
      <div className="flex flex-wrap items-center justify-end gap-0.5 border-t border-line px-2 py-1.5">
        <Button
          variant="ghost"
          size="sm"
          disabled={test.busy}
          onClick={() =>
            void test
              .run((signal) => api.testModel(model.id, {}, signal))
              .catch((error) => showToast(`${name}: ${errorWords(error)}`, { kind: 'error' }))
          }
          aria-label={`Test ${name}`}
        >
          {test.busy ? 'Testing…' : 'Test'}
        </Button>
        {!model.isDefault && (
          <Button
            variant="ghost"
            size="sm"
            onClick={() => void act(() => api.changeModel(model.id, { isDefault: true }))}
            aria-label={`Make ${name} the default`}
          >
            Make default
          </Button>
        )}
        <Button variant="ghost" size="sm" onClick={() => setDialog('change')} aria-label={`Change ${name}`}>
          Change
        </Button>
        <Button
          variant="ghost"
          size="sm"
          className="text-muted"
          onClick={() => setDialog('remove')}
          aria-label={`Remove ${name}`}
        >
          <Trash2 className="size-3.5" aria-hidden />
          Remove
        </Button>
      </div>
      {dialog === 'change' && <ModelDialog list={list} model={model} onClose={() => setDialog(undefined)} />}
      <Confirm
        open={dialog === 'remove'}
        onOpenChange={(open) => !open && setDialog(undefined)}
        title={`Remove ${name}?`}
        action="Remove"
        onConfirm={() => void act(() => api.removeModel(model.id))}
      >
        {model.keyFrom === 'file' ? 'Its key is forgotten with it. ' : ''}Chats that use it go on with the
        default. What was said stays.
      </Confirm>
    </li>
  );
}

function keyWords({ hasKey, keyFrom, keyHint }: Model): string {
  if (!hasKey) return 'No key';
  const which = keyHint === undefined ? '' : `, ends in ${keyHint}`;
  return keyFrom === 'environment' ? `Key from the environment${which}` : `Key kept here${which}`;
}
