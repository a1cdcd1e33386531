import { CircleAlert, CircleCheck } from 'lucide-react';
import { useId } from 'react';
import { useNow } from '../../../hooks/use-now.ts';
import { formatDistance, formatZoned, formatZonedFully } from '../../../text/zoned.ts';
import { cx } from '../../../ui/class-names.ts';
import { inputClass } from '../../../ui/field.tsx';
import { SelectField } from '../controls.tsx';
import { useForm } from '../form-context.ts';
import type { Understood } from '../use-preview.ts';
import { zoneOptions } from './zones.ts';

const PICKS = [
  'in 20 minutes',
  'tomorrow at 9:00',
  'every weekday at 9:00',
  'every hour',
  'every Monday at 8:30',
  'the last Friday of the month at 16:00',
] as const;

/** A time in words, which is understood while it is typed. */
export function TimerFields({ understood }: { readonly understood: Understood }) {
  const { form, errors, change } = useForm();
  const id = useId();
  const error = understood.errors['trigger.text'] ?? errors['trigger.text'];
  return (
    <>
      <div className="flex flex-col gap-2">
        <label htmlFor={id} className="text-sm font-medium">
          Time
        </label>
        <input
          id={id}
          value={form.timerText}
          maxLength={1_000}
          placeholder="every weekday at 9:00"
          autoComplete="off"
          spellCheck={false}
          aria-invalid={error !== undefined}
          aria-describedby={`${id}-read`}
          onChange={(event) => change({ timerText: event.target.value })}
          className={cx(inputClass, 'h-10 text-base')}
        />
        <ul aria-label="Times to pick" className="flex flex-wrap gap-1.5">
          {PICKS.map((pick) => (
            <li key={pick}>
              <button
                type="button"
                aria-pressed={form.timerText === pick}
                onClick={() => change({ timerText: pick })}
                className="h-7 rounded-full border border-line-strong bg-page px-2.5 text-xs text-soft hover:bg-hover hover:text-ink aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent-ink pointer-coarse:h-10"
              >
                {pick}
              </button>
            </li>
          ))}
        </ul>
        <div id={`${id}-read`} aria-live="polite" className="min-h-12">
          {error !== undefined ? (
            <p className="flex gap-2 rounded-lg bg-bad-soft px-3 py-2 text-sm break-words text-bad">
              <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
              {error}
            </p>
          ) : (
            <Read understood={understood} zone={form.timeZone} />
          )}
        </div>
      </div>
      <SelectField
        label="Time zone"
        value={form.timeZone}
        options={zoneOptions()}
        onChange={(timeZone) => change({ timeZone })}
        className="sm:max-w-80"
      />
      <p className="text-xs text-muted">
        Words, a cron expression (<code className="font-mono">0 9 * * 1-5</code>) or an RRULE.
      </p>
    </>
  );
}

/** What was understood, with the times that come of it. */
function Read({ understood, zone }: { readonly understood: Understood; readonly zone: string }) {
  const now = useNow(true);
  const { preview, isOld } = understood;
  if (preview === undefined)
    return (
      <p className="px-1 py-2 text-xs text-muted">
        What is understood of it is shown here, with the next times.
      </p>
    );
  return (
    <div
      className={cx(
        'flex gap-2 rounded-lg bg-good-soft/70 px-3 py-2 text-sm transition-opacity',
        isOld && 'opacity-60',
      )}
    >
      <CircleCheck className="mt-0.5 size-4 shrink-0 text-good" aria-hidden />
      <div className="min-w-0">
        <p className="font-medium">{preview.words}</p>
        <ol aria-label="Next times" className="mt-1 flex flex-wrap gap-x-4 text-xs text-soft tabular-nums">
          {preview.next.map((at, index) => (
            <li key={at}>
              <time dateTime={at} title={formatZonedFully(at, zone)}>
                {formatZoned(at, zone, now)}
              </time>
              {index === 0 && ` (${formatDistance(at, now)})`}
            </li>
          ))}
        </ol>
      </div>
    </div>
  );
}
