import { useId } from 'react';
import { cx } from '../../ui/class-names.ts';
import { inputClass } from '../../ui/field.tsx';
import { Wrong } from './controls.tsx';
import { useForm } from './form-context.ts';
import { sampleEvent } from './state/placeholders.ts';

/** The event that *Try now* is told of, as if it had come. */
export function SampleField() {
  const { form, errors, change } = useForm();
  const id = useId();
  if (form.when !== 'event') return null;
  return (
    <details className="rounded-xl border border-line bg-raised px-4 py-3 shadow-card">
      <summary className="w-fit rounded text-sm font-medium text-soft hover:text-ink">
        The event that Try now uses
      </summary>
      <div className="flex flex-col gap-1.5 pt-3">
        <label htmlFor={id} className="text-xs text-muted">
          A made-up event as JSON: its <code className="font-mono">type</code> and its{' '}
          <code className="font-mono">data</code>
        </label>
        <textarea
          id={id}
          rows={6}
          spellCheck={false}
          value={form.sample === '' ? JSON.stringify(sampleEvent(form), null, 2) : form.sample}
          aria-invalid={errors.event !== undefined}
          onChange={(event) => change({ sample: event.target.value })}
          className={cx(inputClass, 'resize-y py-2 font-mono text-xs')}
        />
        <Wrong error={errors.event} />
      </div>
    </details>
  );
}
