import { Plus } from 'lucide-react';
import { useId, useRef } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Choice } from '../../../ui/choice.tsx';
import { cx } from '../../../ui/class-names.ts';
import { inputClass } from '../../../ui/field.tsx';
import { FormSection, Wrong } from '../controls.tsx';
import { useForm } from '../form-context.ts';
import { newStep, nextKey, type StepState } from '../state/form-state.ts';
import { CallStep } from './call-step.tsx';
import { PlaceholderChips } from './placeholder-chips.tsx';

/** What it does: tools to use one after the other, or a text for the assistant. */
export function WhatFields({ warnings }: { readonly warnings: readonly string[] }) {
  const { form, change } = useForm();
  return (
    <FormSection number={2} title="What">
      <Choice
        label="What it does"
        value={form.what}
        options={[
          ['calls', 'Use tools'],
          ['text', 'A text for the assistant'],
        ]}
        onChange={(what) => change({ what })}
      />
      {form.what === 'calls' ? <Steps /> : <AssistantText />}
      {warnings.length > 0 && (
        <ul
          aria-label="Warnings"
          className="flex flex-col gap-1 rounded-lg bg-needs-soft px-3 py-2 text-sm text-needs"
        >
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
    </FormSection>
  );
}

function Steps() {
  const { form, change } = useForm();
  const { steps } = form;
  const set = (key: number, part: Partial<StepState>): void =>
    change({ steps: steps.map((step) => (step.key === key ? { ...step, ...part } : step)) });
  const move = (at: number, by: 1 | -1): void => {
    const moved = [...steps];
    const [step] = moved.splice(at, 1);
    if (step !== undefined) moved.splice(at + by, 0, step);
    change({ steps: moved });
  };
  return (
    <>
      <ol aria-label="Steps" className="flex flex-col gap-3">
        {steps.map((step, at) => (
          <CallStep
            key={step.key}
            step={step}
            at={at}
            count={steps.length}
            onChange={(part) => set(step.key, part)}
            onMove={(by) => move(at, by)}
            onRemove={() => change({ steps: steps.filter(({ key }) => key !== step.key) })}
          />
        ))}
      </ol>
      <Button
        size="sm"
        className="w-fit"
        disabled={steps.length >= 50}
        onClick={() => change({ steps: [...steps, newStep(nextKey(steps))] })}
      >
        <Plus className="size-3.5" aria-hidden />
        Another step
      </Button>
    </>
  );
}

function AssistantText() {
  const { form, errors, change } = useForm();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  return (
    <div ref={box} className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        Text
      </label>
      <textarea
        id={id}
        rows={4}
        maxLength={20_000}
        value={form.text}
        placeholder="Call the dentist"
        aria-invalid={errors['work.text'] !== undefined}
        aria-describedby={`${id}-about`}
        onChange={(event) => change({ text: event.target.value })}
        className={cx(inputClass, 'resize-y py-2')}
      />
      <div id={`${id}-about`} className="text-xs text-muted">
        <Wrong error={errors['work.text']} />
        Without a model it is delivered as a reminder: the text itself comes into the chat.
      </div>
      <PlaceholderChips step={0} box={box} />
    </div>
  );
}
