import { newestSessions } from '../../../chat/sessions.ts';
import type { Session } from '../../../data/types.ts';
import { useRecords } from '../../../hooks/use-record.ts';
import { TextField } from '../../../ui/field.tsx';
import { CheckField, FormSection, LengthField, SelectField } from '../controls.tsx';
import { useForm } from '../form-context.ts';
import type { RulesState } from '../state/form-state.ts';
import { expected } from '../when/event-fields.tsx';

const chats = (all: readonly Session[]): readonly Session[] =>
  newestSessions(all.filter(({ kind }) => kind === 'chat'));

interface RulesFieldsProps {
  /** What it is called when no name is given. */
  readonly madeTitle: string;
  /** It was given to a chat that is not its own, and cannot have one of its own again. */
  readonly isInChat: boolean;
}

/** Where its results go, and what is done when something goes wrong. */
export function RulesFields({ madeTitle, isInChat }: RulesFieldsProps) {
  const { form, errors, change } = useForm();
  const { rules } = form;
  const sessions = useRecords('session', chats);
  const set = (part: Partial<RulesState>): void => change({ rules: { ...rules, ...part } });
  return (
    <FormSection number={3} title="Where and how">
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="Name"
          value={form.title}
          maxLength={200}
          placeholder={madeTitle || 'Made of what it does'}
          error={expected(errors.title)}
          onChange={(event) => change({ title: event.target.value })}
        />
        <SelectField
          label="Results go to"
          value={form.sessionId}
          options={[
            ...(isInChat ? [] : [['', 'A chat of its own'] as const]),
            ...sessions.map(({ id, title }) => [id, title] as const),
          ]}
          error={errors.sessionId}
          onChange={(sessionId) => change({ sessionId })}
        />
      </div>
      <details open={Object.keys(errors).some((field) => field.startsWith('rules')) || undefined}>
        <summary className="w-fit rounded text-sm font-medium text-soft hover:text-ink">
          Rules<span className="font-normal text-muted"> · {rulesWords(rules)}</span>
        </summary>
        <div className="grid gap-4 pt-4 sm:grid-cols-2">
          <SelectField
            label="Times that were missed"
            value={rules.missed}
            options={[
              ['run_once', 'Run once for all of them'],
              ['skip', 'Skip them'],
            ]}
            hint="When nobody was there to fire at its time."
            onChange={(missed) => set({ missed: missed as RulesState['missed'] })}
          />
          <SelectField
            label="While a run of it goes on"
            value={rules.overlap}
            options={[
              ['skip', 'Skip the next'],
              ['queue', 'Let the next wait'],
              ['allow', 'Run both'],
            ]}
            onChange={(overlap) => set({ overlap: overlap as RulesState['overlap'] })}
          />
          <TextField
            label="Try a failed run again"
            inputMode="numeric"
            value={rules.retries}
            error={expected(errors['rules.retries'])}
            hint="So many times; 0 for never."
            onChange={(event) => set({ retries: event.target.value })}
          />
          <LengthField
            label="First after"
            hint="Then twice as long each time."
            value={rules.retryAfter}
            error={errors['rules.retryAfterMs']}
            onChange={(retryAfter) => set({ retryAfter })}
          />
          <TextField
            label="Turn it off after"
            inputMode="numeric"
            value={rules.disableAfter}
            error={expected(errors['rules.disableAfter'])}
            hint="So many failed runs in a row; 0 for never."
            onChange={(event) => set({ disableAfter: event.target.value })}
          />
          <TextField
            label="Expected by"
            value={rules.expectedBy}
            placeholder="HH:MM"
            error={expected(errors['rules.expectedBy'])}
            hint="When no run of the day has succeeded by then, its chat is told."
            onChange={(event) => set({ expectedBy: event.target.value })}
          />
          <div className="sm:col-span-2">
            <CheckField
              label="Calls may be sent again"
              hint="When a run is tried again, though the tool does not say that twice does no harm."
              checked={rules.mayRepeatCalls}
              onChange={(mayRepeatCalls) => set({ mayRepeatCalls })}
            />
          </div>
        </div>
      </details>
    </FormSection>
  );
}

function rulesWords({ missed, overlap, retries, disableAfter, expectedBy }: RulesState): string {
  return [
    missed === 'run_once' ? 'missed times run once' : 'missed times are skipped',
    overlap === 'skip' ? 'no two at once' : overlap === 'queue' ? 'one after the other' : 'several at once',
    Number(retries) > 0 && `tried again ${retries}×`,
    Number(disableAfter) > 0 && `off after ${disableAfter} failures`,
    expectedBy !== '' && `expected by ${expectedBy}`,
  ]
    .filter((words) => words !== false)
    .join(', ');
}
