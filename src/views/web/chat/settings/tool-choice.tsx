import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { ServerView, Tool, ToolRule } from '../../data/types.ts';
import { useRecords } from '../../hooks/use-record.ts';
import { firstLine } from '../../text/plain.ts';
import { cx } from '../../ui/class-names.ts';
import { Switch } from '../../ui/switch.tsx';
import { allowedOf, isAllowed, isEverything, type OfferedServer, withServer, withTool } from './tool-rule.ts';

const enabled = (all: readonly ServerView[]): readonly ServerView[] =>
  all.filter((server) => server.enabled).sort((a, b) => (a.name < b.name ? -1 : 1));

interface ToolChoiceProps {
  readonly rule: ToolRule | undefined;
  /** Null where everything is allowed. */
  onChange(rule: { only?: string[]; except?: string[] } | null): void;
}

/** Server by server, and within each tool by tool. */
export function ToolChoice({ rule = {}, onChange }: ToolChoiceProps) {
  const servers = useRecords('server', enabled);
  const choose = (next: ToolRule): void =>
    onChange(
      isEverything(next)
        ? null
        : {
            ...(next.only !== undefined && { only: [...next.only] }),
            ...(next.except !== undefined && { except: [...next.except] }),
          },
    );
  if (servers.length === 0)
    return <p className="text-sm text-muted">No server is on. Turn one on under Tools &amp; servers.</p>;
  return (
    <ul className="divide-y divide-line rounded-lg border border-line">
      {servers.map((server) => (
        <ServerChoice key={server.name} server={server} rule={rule} onChange={choose} />
      ))}
    </ul>
  );
}

interface ServerChoiceProps {
  readonly server: ServerView;
  readonly rule: ToolRule;
  onChange(rule: ToolRule): void;
}

function ServerChoice({ server, rule, onChange }: ServerChoiceProps) {
  const [open, setOpen] = useState(false);
  const offered: OfferedServer = { name: server.name, tools: server.tools.map(({ name }) => name) };
  const count = allowedOf(rule, offered);
  const title = server.title ?? server.name;
  return (
    <li>
      <div className="flex items-center gap-3 pr-3">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex min-w-0 flex-1 items-center gap-2 rounded-lg py-2.5 pl-3 text-left text-sm"
        >
          <ChevronRight
            className={cx('size-3.5 shrink-0 text-muted transition-transform', open && 'rotate-90')}
            aria-hidden
          />
          <span className="min-w-0 truncate font-medium">{title}</span>
          <span className="shrink-0 text-xs text-muted tabular-nums">
            {count === offered.tools.length
              ? `all ${count} tools`
              : count === 0
                ? 'none of its tools'
                : `${count} of ${offered.tools.length} tools`}
          </span>
        </button>
        <Switch
          label={`All tools of ${title}`}
          checked={count > 0}
          onCheckedChange={(allowed) => onChange(withServer(rule, offered, allowed))}
        />
      </div>
      {open && (
        <ul className="flex flex-col gap-0.5 pb-2">
          {server.tools.map((tool) => (
            <li key={tool.name} className="flex items-center gap-3 py-1.5 pr-3 pl-8.5">
              <ToolName tool={tool} />
              <Switch
                label={`${server.name}.${tool.name}`}
                checked={isAllowed(rule, server.name, tool.name)}
                onCheckedChange={(allowed) => onChange(withTool(rule, offered, tool.name, allowed))}
              />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function ToolName({ tool }: { readonly tool: Tool }) {
  return (
    <span className="min-w-0 flex-1">
      <span className="block truncate text-sm">{tool.name}</span>
      {tool.description !== undefined && (
        <span className="block truncate text-xs text-muted">{firstLine(tool.description)}</span>
      )}
    </span>
  );
}
