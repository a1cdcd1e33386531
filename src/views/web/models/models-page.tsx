import { Plus, Sparkles } from 'lucide-react';
import { useState } from 'react';
import { errorWords } from '../data/client.ts';
import { Alert } from '../ui/alert.tsx';
import { Button } from '../ui/button.tsx';
import { ModelCard } from './model-card.tsx';
import { ModelDialog } from './model-dialog.tsx';
import { useModels } from './use-models.ts';

/** Settings → Models: who may answer. */
export function ModelsPage() {
  const { data: list, error } = useModels();
  const [adding, setAdding] = useState(false);
  const add = (
    <Button variant="primary" onClick={() => setAdding(true)} disabled={list === undefined}>
      <Plus className="size-4" aria-hidden />
      Add a model
    </Button>
  );
  return (
    <>
      <div className="flex items-start justify-between gap-4">
        <p className="max-w-md text-sm text-muted">
          The assistant speaks through one of these. Every chat can choose another; tools work without any.
        </p>
        {(list?.models.length ?? 0) > 0 && add}
      </div>
      {error !== null && <Alert kind="bad">{errorWords(error)}</Alert>}
      {list?.configError != null && (
        <Alert kind="bad">
          <p className="font-medium">models.json cannot be read as it is</p>
          <p className="mt-1 whitespace-pre-wrap">{list.configError}</p>
        </Alert>
      )}
      {list !== undefined && list.models.length === 0 && (
        <div className="flex flex-col items-center gap-4 rounded-xl border border-dashed border-line-strong px-6 py-12 text-center">
          <Sparkles className="size-6 text-accent" aria-hidden />
          <div>
            <h2 className="text-md font-semibold">No model yet</h2>
            <p className="mx-auto mt-1 max-w-sm text-sm text-pretty text-muted">
              Use one of a provider with a key of yours, or one that runs on this machine: Ollama, LM Studio,
              vLLM and llama.cpp need no key.
            </p>
          </div>
          {add}
        </div>
      )}
      {list !== undefined && list.models.length > 0 && (
        <ul aria-label="Models" className="flex flex-col gap-4">
          {list.models.map((model) => (
            <ModelCard key={model.id} model={model} list={list} />
          ))}
        </ul>
      )}
      {adding && list !== undefined && <ModelDialog list={list} onClose={() => setAdding(false)} />}
    </>
  );
}
