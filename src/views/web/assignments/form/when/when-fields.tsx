import { Choice } from '../../../ui/choice.tsx';
import { FormSection } from '../controls.tsx';
import { useForm } from '../form-context.ts';
import type { Understood } from '../use-preview.ts';
import { EventFields } from './event-fields.tsx';
import { TimerFields } from './timer-fields.tsx';

/** When it fires: at times, or when something happens. */
export function WhenFields({ understood }: { readonly understood: Understood }) {
  const { form, change } = useForm();
  return (
    <FormSection number={1} title="When">
      <Choice
        label="What makes it fire"
        value={form.when}
        options={[
          ['timer', 'At a time'],
          ['event', 'When something happens'],
        ]}
        onChange={(when) => change({ when })}
      />
      {form.when === 'timer' ? <TimerFields understood={understood} /> : <EventFields />}
    </FormSection>
  );
}
