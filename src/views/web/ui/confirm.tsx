import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

interface ConfirmProps {
  readonly open: boolean;
  onOpenChange(open: boolean): void;
  readonly title: string;
  /** What will happen, in plain words. */
  readonly children: ReactNode;
  readonly action: string;
  /** What it is called not to do it. */
  readonly keep?: string;
  /** Nothing is ended or taken away by it. */
  readonly harmless?: boolean;
  onConfirm(): void;
}

/** Asks once before something that is not done lightly. */
export function Confirm({
  open,
  onOpenChange,
  title,
  children,
  action,
  keep = 'Keep',
  harmless,
  onConfirm,
}: ConfirmProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      description={children}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{keep}</Button>
          <Button
            variant={harmless ? 'primary' : 'danger'}
            onClick={() => {
              onOpenChange(false);
              onConfirm();
            }}
          >
            {action}
          </Button>
        </>
      }
    />
  );
}
