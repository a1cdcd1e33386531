import { X } from 'lucide-react';
import { useId } from 'react';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/class-names.ts';
import { inputClass } from '../../ui/field.tsx';
import { Expanded } from './setting-frame.tsx';
import type { Row } from './settings-draft.ts';

interface ListRowProps {
  readonly label: string;
  readonly row: Row;
  readonly isPath: boolean;
  /** What it comes to, where that is something else. */
  readonly expanded: string | undefined;
  readonly error: string | undefined;
  /** Ids of the words on the whole list. */
  readonly about: string;
  onChange(text: string): void;
  onRemove(): void;
}

/** One value of a list, with what is wrong with it and a way to take it out. */
export function ListRow({ label, row, isPath, expanded, error, about, onChange, onRemove }: ListRowProps) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-1">
        <input
          aria-label={label}
          aria-invalid={error !== undefined}
          aria-describedby={error === undefined ? about : `${id}-error ${about}`}
          value={row.text}
          placeholder={isPath ? '/home/me/projects' : ''}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => onChange(event.target.value)}
          className={cx(inputClass, 'h-9 font-mono')}
        />
        <Button
          variant="ghost"
          size="icon"
          aria-label={`Remove ${row.text.trim() || label}`}
          onClick={onRemove}
        >
          <X className="size-4" aria-hidden />
        </Button>
      </div>
      {error !== undefined && (
        <p id={`${id}-error`} className="text-xs text-bad">
          {error}
        </p>
      )}
      {expanded !== undefined && (
        <div className="text-xs text-muted">
          <Expanded text={expanded} />
        </div>
      )}
    </div>
  );
}
