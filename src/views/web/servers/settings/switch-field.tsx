import { useId } from 'react';
import type { SettingField } from '../../data/types.ts';
import { plainText } from '../../text/plain.ts';
import { Switch } from '../../ui/switch.tsx';
import { describedBy, SettingLabel, SettingWords } from './setting-frame.tsx';

interface SwitchFieldProps {
  readonly field: SettingField;
  readonly checked: boolean;
  readonly error: string | undefined;
  onChange(checked: boolean): void;
}

/** A setting that is on or off. */
export function SwitchField({ field, checked, error, onChange }: SwitchFieldProps) {
  const id = useId();
  return (
    <div className="flex items-start justify-between gap-4">
      <div className="flex min-w-0 flex-col gap-1.5">
        <span className="text-sm font-medium">
          <SettingLabel field={field} />
        </span>
        <SettingWords id={id} field={field} error={error} />
      </div>
      <Switch
        label={plainText(field.title)}
        describedBy={describedBy(id, error)}
        checked={checked}
        onCheckedChange={onChange}
      />
    </div>
  );
}
