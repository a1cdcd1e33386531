import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../data/api.ts';
import { errorWords } from '../data/client.ts';
import type { Task } from '../data/types.ts';
import { resultText } from '../text/result.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Output } from '../ui/output.tsx';

/** A link that opens the whole result, of which cards show the beginning. */
export function WholeResult({ task }: { readonly task: Task }) {
  const [open, setOpen] = useState(false);
  const result = useQuery({
    queryKey: ['result', task.id, task.result?.contentRef],
    queryFn: () => api.taskResult(task.id),
    enabled: open,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        className="text-xs font-medium text-accent-ink hover:underline"
      >
        Whole result
      </button>
      <Dialog open={open} onOpenChange={setOpen} title={task.title} description="The whole result" wide>
        {result.data !== undefined ? (
          <Output text={resultText(result.data.content)} label="Whole result" />
        ) : (
          <p className="text-sm text-muted">{result.error ? errorWords(result.error) : 'Reading…'}</p>
        )}
      </Dialog>
    </>
  );
}
