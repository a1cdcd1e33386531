import { Search } from 'lucide-react';

interface ChatSearchProps {
  readonly value: string;
  onChange(value: string): void;
}

/** Finds chats by their titles and by what was said in them, while one types. */
export function ChatSearch({ value, onChange }: ChatSearchProps) {
  return (
    <div className="relative mx-3 mb-1.5">
      <Search className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted" aria-hidden />
      <input
        type="search"
        value={value}
        placeholder="Search chats"
        aria-label="Search chats"
        autoComplete="off"
        maxLength={200}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && onChange('')}
        className="h-8 w-full rounded-lg border border-transparent bg-transparent pr-2 pl-8.5 text-sm hover:bg-hover focus:border-line-strong focus:bg-page focus:outline-2 focus:-outline-offset-1 focus:outline-accent max-sm:text-base pointer-coarse:h-11 pointer-coarse:[&+svg]:top-3"
      />
    </div>
  );
}
