import { Link } from '@tanstack/react-router';
import { Sparkles } from 'lucide-react';
import { useModels } from '../models/use-models.ts';
import { buttonClass } from '../ui/button.tsx';

/** While nobody would answer: how to change that, and what works all the same. */
export function NoModel() {
  const { data } = useModels();
  if (data === undefined || data.models.length > 0) return null;
  return (
    <section
      aria-label="No model yet"
      className="flex flex-col items-start gap-4 rounded-xl border border-line bg-raised p-4 shadow-card sm:flex-row sm:items-center"
    >
      <Sparkles className="size-6 shrink-0 text-accent-ink" aria-hidden />
      <div className="flex-1">
        <h2 className="text-sm font-semibold">Add a model to talk to</h2>
        <p className="mt-0.5 text-sm text-pretty text-soft">
          With a key of a provider, or one that runs on this machine. Tools work without any: type{' '}
          <code className="font-mono text-xs">/server.tool</code> below.
        </p>
      </div>
      <Link to="/settings/models" className={buttonClass('outline')}>
        Add a model
      </Link>
    </section>
  );
}
