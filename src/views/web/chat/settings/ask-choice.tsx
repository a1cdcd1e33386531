import { RadioGroup } from 'radix-ui';
import type { AskRule } from '../../data/types.ts';

const CHOICES: readonly (readonly [AskRule, string, string])[] = [
  ['by_annotation', 'Ask before it changes something', 'Tools that say they only read run at once.'],
  ['always', 'Always ask', 'Every use of a tool waits for your yes.'],
  ['never', 'Never ask', 'It uses every allowed tool at once, also those that delete.'],
];

interface AskChoiceProps {
  readonly ask: AskRule | undefined;
  onChange(ask: AskRule): void;
}

/** When a use of a tool waits for a person. */
export function AskChoice({ ask = 'by_annotation', onChange }: AskChoiceProps) {
  return (
    <section>
      <h3 className="pb-2 text-sm font-semibold">Before it uses a tool</h3>
      <RadioGroup.Root
        value={ask}
        onValueChange={(value) => onChange(value as AskRule)}
        aria-label="Before it uses a tool"
        className="flex flex-col gap-1.5"
      >
        {CHOICES.map(([value, title, words]) => (
          <RadioGroup.Item
            key={value}
            value={value}
            className="flex items-start gap-3 rounded-lg border border-line px-3 py-2 text-left hover:bg-hover data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft"
          >
            <span className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-muted">
              <RadioGroup.Indicator className="size-2 rounded-full bg-accent" />
            </span>
            <span className="min-w-0">
              <span className="block text-sm font-medium">{title}</span>
              <span className="block text-xs text-soft">{words}</span>
            </span>
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
    </section>
  );
}
