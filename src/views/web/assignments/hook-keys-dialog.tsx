import { Check, Copy } from 'lucide-react';
import { useId, useState } from 'react';
import { Alert } from '../ui/alert.tsx';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/class-names.ts';
import { Dialog } from '../ui/dialog.tsx';
import { inputClass } from '../ui/field.tsx';

interface HookKeysDialogProps {
  readonly keys: { readonly hookUrl: string; readonly hookSecret?: string | undefined };
  onClose(): void;
}

/** The address of a hook, and what to sign with: shown this once. */
export function HookKeysDialog({ keys, onClose }: HookKeysDialogProps) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="The address of its hook"
      description="Whoever calls it with POST fires the assignment."
      footer={
        <Button variant="primary" onClick={onClose}>
          I have copied it
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <Secret label="Address" value={keys.hookUrl} />
        {keys.hookSecret !== undefined && (
          <Secret label="Secret to sign with (Standard Webhooks)" value={keys.hookSecret} />
        )}
        <Alert kind="needs">
          It is shown this once, and not kept in full. Copy it now; should it get lost, a new one can be made.
        </Alert>
      </div>
    </Dialog>
  );
}

function Secret({ label, value }: { readonly label: string; readonly value: string }) {
  const id = useId();
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    void navigator.clipboard?.writeText(value).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), 1_500);
    });
  };
  const Icon = copied ? Check : Copy;
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          readOnly
          value={value}
          onFocus={(event) => event.target.select()}
          className={cx(inputClass, 'h-9 min-w-0 flex-1 font-mono text-xs')}
        />
        <Button
          onClick={copy}
          aria-label={copied ? 'Copied' : `Copy the ${label.split(' ')[0]?.toLowerCase()}`}
        >
          <Icon className="size-4" aria-hidden />
          {copied ? 'Copied' : 'Copy'}
        </Button>
      </div>
    </div>
  );
}
