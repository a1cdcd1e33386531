import { ChevronRight } from 'lucide-react';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { api } from '../data/api.ts';
import { errorWords, fieldErrors } from '../data/client.ts';
import type { Model, ModelList } from '../data/types.ts';
import { Alert } from '../ui/alert.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import {
  bodyOf,
  type FormErrors,
  formErrors,
  formFor,
  formOf,
  type ModelForm,
  OTHER,
  type Preset,
  patchOf,
  placeErrors,
} from './model-form.ts';
import { PresetChoice } from './preset-choice.tsx';
import { TestResult, useModelTest } from './test-model.tsx';
import { useModelsChanged } from './use-models.ts';

interface ModelDialogProps {
  readonly list: ModelList;
  /** The one to change; without it, a new one. */
  readonly model?: Model | undefined;
  onClose(): void;
}

const NAMES: Readonly<Record<string, string>> = {
  anthropic: 'claude-sonnet-4-5',
  openai: 'gpt-5',
  google: 'gemini-2.5-pro',
  openrouter: 'anthropic/claude-sonnet-4.5',
  ollama: 'qwen3:8b',
};

/** A model is added or changed. What is in the form can be tested before it is saved. */
export function ModelDialog({ list, model, onClose }: ModelDialogProps) {
  const id = useId();
  const changed = useModelsChanged();
  const [preset, setPreset] = useState<Preset | undefined>(model && presetOf(list.presets, model));
  const [form, setForm] = useState<ModelForm>(model ? formOf(model) : formFor(OTHER));
  const [errors, setErrors] = useState<FormErrors & { rest?: string }>({});
  const [busy, setBusy] = useState(false);
  const test = useModelTest();
  const taken = list.models.map((each) => each.id);

  const refuse = (error: unknown): void => {
    const placed = placeErrors(fieldErrors(error), form);
    setErrors(Object.keys(placed).length > 0 ? placed : { rest: errorWords(error) });
  };
  const isRight = (): boolean => {
    const found = formErrors(form);
    setErrors(found);
    return Object.keys(found).length === 0;
  };
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!isRight()) return;
    setBusy(true);
    try {
      if (model === undefined) await api.addModel(bodyOf(form, taken));
      else await api.changeModel(model.id, patchOf(form));
      await changed();
      onClose();
    } catch (error) {
      refuse(error);
    } finally {
      setBusy(false);
    }
  };
  const tryIt = (): void => {
    if (!isRight()) return;
    void test
      .run((signal) =>
        model === undefined
          ? api.testModelDraft(bodyOf(form, taken), signal)
          : api.testModel(model.id, patchOf(form), signal),
      )
      .catch(refuse);
  };
  const bind = (name: Exclude<keyof ModelForm, 'provider'>) => ({
    value: form[name],
    error: errors[name],
    spellCheck: false,
    autoComplete: 'off',
    onChange: (event: { target: { value: string } }) => {
      setForm({ ...form, [name]: event.target.value });
      test.clear();
    },
  });
  const choose = (next: Preset): void => {
    setPreset(next);
    setForm(formFor(next));
    setErrors({});
    test.clear();
  };
  const needsAddress = form.provider === 'openai-compatible';
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !busy && onClose()}
      title={
        model === undefined
          ? `Add a model${preset === undefined ? '' : `: ${preset.title}`}`
          : `Change ${model.title ?? model.model}`
      }
      {...(preset === undefined && { description: 'Where does it run?' })}
      footer={
        preset === undefined ? undefined : (
          <>
            {model === undefined && (
              <Button
                variant="ghost"
                className="mr-auto"
                onClick={() => setPreset(undefined)}
                disabled={busy}
              >
                Another place
              </Button>
            )}
            <Button onClick={tryIt} disabled={busy || test.busy}>
              {test.busy ? 'Testing…' : 'Test'}
            </Button>
            <Button type="submit" form={id} variant="primary" disabled={busy}>
              {model === undefined ? (busy ? 'Adding…' : 'Add') : busy ? 'Saving…' : 'Save'}
            </Button>
          </>
        )
      }
    >
      {preset === undefined ? (
        <PresetChoice presets={[...list.presets, OTHER]} onChoose={choose} />
      ) : (
        <form id={id} onSubmit={save} noValidate className="flex flex-col gap-4">
          {errors.rest !== undefined && <Alert kind="bad">{errors.rest}</Alert>}
          {needsAddress && (
            <TextField
              label="Address"
              type="url"
              placeholder="http://localhost:11434/v1"
              hint="Where the server answers, up to and with /v1."
              className="font-mono"
              {...bind('baseUrl')}
            />
          )}
          <TextField
            label="Model"
            placeholder={NAMES[preset.name] ?? ''}
            hint={`As ${preset.name === 'other' ? 'the server' : preset.title} names it.`}
            className="font-mono"
            {...bind('model')}
          />
          <TextField
            label={preset.needsKey ? 'Key' : 'Key (if it wants one)'}
            type="password"
            placeholder={keyPlaceholder(model)}
            hint={
              <KeyHint
                preset={preset}
                model={model}
                movesAway={model !== undefined && form.baseUrl.trim() !== (model.baseUrl ?? '')}
              />
            }
            className="font-mono"
            {...bind('apiKey')}
          />
          <TestResult test={test} />
          <More>
            <TextField
              label="Shown as"
              placeholder={form.model}
              hint="A name of your own for it."
              {...bind('title')}
            />
            {!needsAddress && (
              <TextField
                label="Address"
                type="url"
                placeholder={`${preset.title}’s own`}
                hint="Only for a proxy of yours. A key from the environment is not sent there."
                className="font-mono"
                {...bind('baseUrl')}
              />
            )}
            <TextField
              label="How much it can read at once, in tokens"
              inputMode="numeric"
              placeholder={needsAddress ? '32000' : '128000'}
              hint="Older messages are summarised when a chat grows beyond it."
              {...bind('contextTokens')}
            />
            <div className="grid grid-cols-[1fr_1fr_5.5rem] gap-3">
              <TextField
                label="Price, read"
                inputMode="decimal"
                placeholder="3"
                hint="Per million tokens."
                {...bind('inputPrice')}
              />
              <TextField
                label="Price, written"
                inputMode="decimal"
                placeholder="15"
                {...bind('outputPrice')}
              />
              <TextField label="Currency" maxLength={3} {...bind('currency')} />
            </div>
          </More>
        </form>
      )}
    </Dialog>
  );
}

function presetOf(presets: readonly Preset[], { provider, baseUrl }: Model): Preset {
  const own = presets.find((each) =>
    provider === 'openai-compatible' ? each.baseUrl === baseUrl : each.provider === provider,
  );
  return own ?? OTHER;
}

const keyPlaceholder = (model: Model | undefined): string =>
  model?.keyFrom === 'file' ? `••••••••${model.keyHint ?? ''}` : '';

function KeyHint({
  preset,
  model,
  movesAway,
}: {
  readonly preset: Preset;
  readonly model: Model | undefined;
  readonly movesAway: boolean;
}) {
  const variable = preset.keyVariable;
  if (model?.keyFrom === 'file')
    return movesAway
      ? 'The key that is kept does not go along to another address: give it again.'
      : 'Leave this empty to keep the key. It is not shown again.';
  if (model?.keyFrom === 'environment')
    return `Taken from the environment${variable === undefined ? '' : ` (${variable})`}. One that is given here counts instead.`;
  return (
    <>
      Kept in the data folder, readable by you alone, and never shown again.
      {variable !== undefined && ` Without one, ${variable} of the host’s environment is used.`}
    </>
  );
}

function More({ children }: { readonly children: ReactNode }) {
  return (
    <details className="group/more rounded-lg border border-line">
      <summary className="flex items-center gap-2 px-3 py-2 text-sm font-medium text-soft select-none hover:text-ink">
        <ChevronRight
          className="size-3.5 text-muted transition-transform group-open/more:rotate-90"
          aria-hidden
        />
        Name, size and price
      </summary>
      <div className="flex flex-col gap-4 px-3 pt-1 pb-3">{children}</div>
    </details>
  );
}
