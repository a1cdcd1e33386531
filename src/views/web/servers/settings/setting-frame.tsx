import type { ReactNode } from 'react';
import type { SettingField } from '../../data/types.ts';
import { plainText } from '../../text/plain.ts';

/** What a control is described by: first what is wrong, then what it is about. */
export const describedBy = (id: string, error: string | undefined): string =>
  error === undefined ? `${id}-about` : `${id}-error ${id}-about`;

/** A label; what is needed says so. */
export function SettingLabel({ field }: { readonly field: SettingField }) {
  return (
    <span>
      {plainText(field.title)}
      {field.required && (
        <>
          <span aria-hidden className="ml-1 text-bad">
            *
          </span>
          <span className="sr-only"> (required)</span>
        </>
      )}
    </span>
  );
}

/** The words under a control: what is wrong, what it comes to, what it is about. */
export function SettingWords({
  id,
  field,
  error,
  hint,
}: {
  readonly id: string;
  readonly field: SettingField;
  readonly error?: string | undefined;
  readonly hint?: ReactNode;
}) {
  return (
    <>
      {error !== undefined && (
        <p id={`${id}-error`} className="text-xs text-bad">
          {error}
        </p>
      )}
      <div id={`${id}-about`} className="flex flex-col gap-1 text-xs text-muted">
        {hint}
        {field.description !== undefined && <p>{plainText(field.description)}</p>}
      </div>
    </>
  );
}

/** What a value with variables comes to. */
export function Expanded({ text }: { readonly text: string }) {
  return <p className="font-mono break-all">= {plainText(text)}</p>;
}
