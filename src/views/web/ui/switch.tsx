import { Switch as Radix } from 'radix-ui';

interface SwitchProps {
  readonly checked: boolean;
  onCheckedChange(checked: boolean): void;
  readonly label: string;
  readonly disabled?: boolean;
  /** Ids of the words that say more. */
  readonly describedBy?: string;
}

export function Switch({ checked, onCheckedChange, label, disabled, describedBy }: SwitchProps) {
  return (
    <Radix.Root
      checked={checked}
      onCheckedChange={onCheckedChange}
      aria-label={label}
      aria-describedby={describedBy}
      disabled={disabled ?? false}
      className="relative h-5 w-9 shrink-0 rounded-full border border-muted/60 bg-track transition-colors after:absolute after:-inset-2.5 disabled:opacity-55 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
    >
      <Radix.Thumb className="block size-3.5 translate-x-0.5 rounded-full bg-muted transition-transform data-[state=checked]:translate-x-[1.125rem] data-[state=checked]:bg-on-accent" />
    </Radix.Root>
  );
}
