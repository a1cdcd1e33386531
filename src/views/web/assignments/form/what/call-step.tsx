import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useId, useRef } from 'react';
import { Button } from '../../../ui/button.tsx';
import { cx } from '../../../ui/class-names.ts';
import { inputClass } from '../../../ui/field.tsx';
import { SelectField, Wrong } from '../controls.tsx';
import { useForm } from '../form-context.ts';
import { argumentFields, argumentsOf, entriesOf } from '../state/arguments.ts';
import type { StepState } from '../state/form-state.ts';
import { toolOf } from '../state/to-draft.ts';
import { ArgumentInput } from './argument-input.tsx';
import { PlaceholderChips } from './placeholder-chips.tsx';

interface CallStepProps {
  readonly step: StepState;
  readonly at: number;
  readonly count: number;
  onChange(part: Partial<StepState>): void;
  onMove(by: 1 | -1): void;
  onRemove(): void;
}

/** One tool to use, with its arguments. */
export function CallStep({ step, at, count, onChange, onMove, onRemove }: CallStepProps) {
  const { servers, errors } = useForm();
  const box = useRef<HTMLDivElement>(null);
  const tool = toolOf(servers, step);
  const path = `work.calls.${at}`;
  const toolsHere = servers.find(({ name }) => name === step.server)?.tools ?? [];
  return (
    <li
      aria-label={`Step ${at + 1}`}
      className={cx('flex flex-col gap-3', count > 1 && 'rounded-lg border border-line bg-sunken/50 p-3')}
    >
      {count > 1 && (
        <div className="flex items-center gap-1">
          <span className="flex-1 text-xs font-semibold text-muted">Step {at + 1}</span>
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={`Move step ${at + 1} up`}
            disabled={at === 0}
            onClick={() => onMove(-1)}
          >
            <ArrowUp className="size-4" aria-hidden />
          </Button>
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={`Move step ${at + 1} down`}
            disabled={at === count - 1}
            onClick={() => onMove(1)}
          >
            <ArrowDown className="size-4" aria-hidden />
          </Button>
          <Button variant="ghost" size="icon-sm" aria-label={`Remove step ${at + 1}`} onClick={onRemove}>
            <X className="size-4" aria-hidden />
          </Button>
        </div>
      )}
      <div className="grid gap-3 sm:grid-cols-2">
        <SelectField
          label="Server"
          value={step.server}
          options={servers.map(({ name }) => [name, name])}
          error={errors[`${path}.server`]}
          onChange={(server) => onChange({ server, tool: '', entries: {}, isJson: false, json: '{}' })}
        />
        <SelectField
          label="Tool"
          value={step.tool}
          options={toolsHere.map(({ name, title }) => [
            name,
            title === undefined ? name : `${name}: ${title}`,
          ])}
          error={errors[`${path}.tool`]}
          onChange={(name) => onChange({ tool: name, entries: {}, isJson: false, json: '{}' })}
        />
      </div>
      {tool?.description !== undefined && (
        <p className="line-clamp-2 text-xs text-muted" title={tool.description}>
          {tool.description}
        </p>
      )}
      {step.tool !== '' && (
        <div ref={box} className="flex flex-col gap-3">
          <Arguments step={step} path={path} onChange={onChange} />
          <PlaceholderChips step={at} box={box} />
        </div>
      )}
    </li>
  );
}

function Arguments({ step, path, onChange }: Pick<CallStepProps, 'step' | 'onChange'> & { path: string }) {
  const { servers, errors } = useForm();
  const id = useId();
  const tool = toolOf(servers, step);
  const fields = tool === undefined ? [] : argumentFields(tool);
  const asFields = tool !== undefined && !step.isJson;
  const toJson = (): void =>
    onChange({ isJson: true, json: JSON.stringify(argumentsOf(fields, step.entries), null, 2) });
  // What is wrong at no field that is shown: within JSON, or deeper than a field.
  const shown = asFields ? fields.map(({ name }) => `${path}.arguments.${name}`) : [];
  const wrong = Object.entries(errors).find(
    ([field]) => field.startsWith(`${path}.arguments`) && !shown.includes(field),
  )?.[1];
  const readable = step.isJson ? readEntries(fields, step.json) : undefined;
  return (
    <>
      {asFields ? (
        fields.length === 0 ? (
          <p className="text-xs text-muted">It takes no arguments.</p>
        ) : (
          fields.map((field) => (
            <ArgumentInput
              key={field.name}
              field={field}
              entry={step.entries[field.name] ?? ''}
              error={errors[`${path}.arguments.${field.name}`]}
              onChange={(entry) => onChange({ entries: { ...step.entries, [field.name]: entry } })}
            />
          ))
        )
      ) : (
        <div className="flex flex-col gap-1.5">
          <label htmlFor={id} className="text-sm font-medium">
            Arguments as JSON
          </label>
          <textarea
            id={id}
            rows={5}
            spellCheck={false}
            value={step.json}
            aria-invalid={wrong !== undefined}
            onChange={(event) => onChange({ json: event.target.value })}
            className={cx(inputClass, 'resize-y py-2 font-mono')}
          />
        </div>
      )}
      <Wrong error={wrong} />
      {tool !== undefined && fields.length > 0 && (
        <button
          type="button"
          disabled={step.isJson && readable === undefined}
          title={step.isJson && readable === undefined ? 'Fields cannot show all of it' : undefined}
          onClick={() =>
            step.isJson ? readable && onChange({ isJson: false, entries: readable }) : toJson()
          }
          className="w-fit text-xs font-medium text-accent-ink hover:underline disabled:text-muted disabled:no-underline"
        >
          {step.isJson ? 'Show as fields' : 'Write as JSON'}
        </button>
      )}
    </>
  );
}

function readEntries(fields: ReturnType<typeof argumentFields>, json: string) {
  try {
    const value: unknown = JSON.parse(json.trim() || '{}');
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? entriesOf(fields, value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
