import { FolderSearch } from 'lucide-react';
import { useId, useState } from 'react';
import { api } from '../../../data/api.ts';
import { errorWords } from '../../../data/client.ts';
import { Button } from '../../../ui/button.tsx';
import { cx } from '../../../ui/class-names.ts';
import { inputClass } from '../../../ui/field.tsx';

interface WatchFolderProps {
  readonly server: string;
  onWatched(uri: string): void;
}

/** Asks a server that can watch folders to watch one, and takes the resource that it answers. */
export function WatchFolder({ server, onWatched }: WatchFolderProps) {
  const id = useId();
  const [path, setPath] = useState('');
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string>();
  const watch = async (): Promise<void> => {
    setBusy(true);
    setSaid(undefined);
    try {
      const { result, failure, taskId } = await api.callTool(server, 'watch', { path: path.trim() || '.' });
      const uri = resourceIn(result?.content);
      if (uri !== undefined) onWatched(uri);
      else if (taskId !== undefined)
        setSaid('It looks at a large folder. Its task tells the URI when it is done.');
      else setSaid(failure?.message ?? textIn(result?.content) ?? 'The server did not name a resource.');
    } catch (error) {
      setSaid(errorWords(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="flex flex-col gap-1.5 rounded-lg bg-sunken px-3 py-2.5">
      <label htmlFor={id} className="text-xs text-muted">
        “{server}” can watch a folder, and then reports its files as a resource:
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          value={path}
          placeholder=". (its first folder)"
          spellCheck={false}
          onChange={(event) => setPath(event.target.value)}
          className={cx(inputClass, 'h-8 min-w-0 flex-1 font-mono text-xs')}
        />
        <Button size="sm" className="h-8" disabled={busy} onClick={() => void watch()}>
          <FolderSearch className="size-3.5" aria-hidden />
          {busy ? 'Watching…' : 'Watch it'}
        </Button>
      </div>
      {said !== undefined && (
        <p role="alert" className="text-xs break-words text-bad">
          {said}
        </p>
      )}
    </div>
  );
}

function resourceIn(content: unknown): string | undefined {
  const { structuredContent, isError } = (content ?? {}) as {
    structuredContent?: { resource?: unknown };
    isError?: boolean;
  };
  const uri = structuredContent?.resource;
  return isError !== true && typeof uri === 'string' ? uri : undefined;
}

function textIn(content: unknown): string | undefined {
  const blocks = (content as { content?: readonly { text?: unknown }[] } | undefined)?.content;
  const text = Array.isArray(blocks) ? blocks[0]?.text : undefined;
  return typeof text === 'string' ? text : undefined;
}
