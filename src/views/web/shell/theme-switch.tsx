import { Monitor, Moon, Sun } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import { type Theme, theme } from '../data/preferences.ts';
import { useObservable } from '../hooks/use-record.ts';

const CHOICES = [
  ['light', 'Light', Sun],
  ['dark', 'Dark', Moon],
  ['system', 'As the system', Monitor],
] as const;

export function ThemeSwitch() {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label="Theme"
      value={useObservable(theme)}
      onValueChange={(value) => value !== '' && theme.set(value as Theme)}
      className="inline-flex rounded-lg border border-line bg-page p-0.5"
    >
      {CHOICES.map(([value, label, Icon]) => (
        <ToggleGroup.Item
          key={value}
          value={value}
          aria-label={label}
          title={label}
          className="grid h-6 w-8 place-items-center rounded-md text-muted hover:text-ink data-[state=on]:bg-pressed data-[state=on]:text-ink pointer-coarse:h-9 pointer-coarse:w-11"
        >
          <Icon className="size-3.5" aria-hidden />
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
