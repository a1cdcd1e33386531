import { FlaskConical } from 'lucide-react';
import { Button } from '../../ui/button.tsx';

interface FormBarProps {
  readonly summary: string | undefined;
  readonly busy: 'save' | 'try' | undefined;
  onTry(): void;
}

/** What comes of the form in one sentence, and what to do with it. Always in view. */
export function FormBar({ summary, busy, onTry }: FormBarProps) {
  return (
    <div className="shrink-0 border-t border-line bg-side">
      <div className="mx-auto flex w-full max-w-3xl flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:flex-nowrap sm:px-6">
        <p aria-live="polite" className="line-clamp-3 min-w-0 flex-[1_1_16rem] text-sm text-pretty text-soft">
          {summary ?? 'Say when it shall run, and what it shall do.'}
        </p>
        <Button
          onClick={onTry}
          disabled={busy !== undefined}
          title="Runs it once, without saving it"
          className="max-sm:flex-1"
        >
          <FlaskConical className="size-4" aria-hidden />
          {busy === 'try' ? 'Trying…' : 'Try now'}
        </Button>
        <Button type="submit" variant="primary" disabled={busy !== undefined} className="max-sm:flex-1">
          {busy === 'save' ? 'Saving…' : 'Save'}
        </Button>
      </div>
    </div>
  );
}
