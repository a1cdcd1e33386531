import type { SettingField } from '../../data/types.ts';
import { ListField } from './list-field.tsx';
import type { DraftEntry } from './settings-draft.ts';
import { SwitchField } from './switch-field.tsx';
import { ValueField } from './value-field.tsx';

interface SettingControlProps {
  readonly field: SettingField;
  readonly entry: DraftEntry;
  readonly error: string | undefined;
  readonly rowErrors: Readonly<Record<number, string>>;
  onChange(entry: DraftEntry): void;
}

/** The control that fits what a setting may be. */
export function SettingControl({ field, entry, error, rowErrors, onChange }: SettingControlProps) {
  const common = { field, error, onChange };
  if (typeof entry === 'boolean') return <SwitchField {...common} checked={entry} />;
  if (typeof entry === 'string') return <ValueField {...common} text={entry} />;
  return <ListField {...common} rows={entry} rowErrors={rowErrors} />;
}
