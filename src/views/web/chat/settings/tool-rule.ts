import type { ToolRule } from '../../data/types.ts';

/* Which tools the assistant may use in a chat. Entries are `server` or `server.tool`. Pure. */

export interface OfferedServer {
  readonly name: string;
  readonly tools: readonly string[];
}

export function isAllowed({ only, except }: ToolRule, server: string, tool: string): boolean {
  const names = (entry: string) => entry === server || entry === `${server}.${tool}`;
  return (only === undefined || only.some(names)) && !(except?.some(names) ?? false);
}

/** How many tools of a server may be used. */
export const allowedOf = (rule: ToolRule, { name, tools }: OfferedServer): number =>
  tools.filter((tool) => isAllowed(rule, name, tool)).length;

/** All tools of a server, also those that it will have later. */
export function withServer(rule: ToolRule, { name }: OfferedServer, allowed: boolean): ToolRule {
  const others = (entries: readonly string[] = []) =>
    entries.filter((entry) => entry !== name && !entry.startsWith(`${name}.`));
  return compact({
    ...(rule.only !== undefined && { only: allowed ? [...others(rule.only), name] : others(rule.only) }),
    except: allowed ? others(rule.except) : [...others(rule.except), name],
  });
}

export function withTool(rule: ToolRule, server: OfferedServer, tool: string, allowed: boolean): ToolRule {
  if (isAllowed(rule, server.name, tool) === allowed) return rule;
  const entry = `${server.name}.${tool}`;
  const except = rule.except ?? [];
  if (!allowed) return compact({ ...rule, except: [...except, entry] });
  // What was kept out as a whole is now kept out one by one.
  const one = except.includes(server.name)
    ? [
        ...except.filter((each) => each !== server.name),
        ...server.tools.map((each) => `${server.name}.${each}`),
      ]
    : except;
  const isNew = rule.only !== undefined && !rule.only.includes(server.name) && !rule.only.includes(entry);
  return compact({
    ...(rule.only !== undefined && { only: isNew ? [...rule.only, entry] : rule.only }),
    except: [...new Set(one)].filter((each) => each !== entry),
  });
}

/** Nothing kept out is not said. */
function compact({ only, except }: ToolRule): ToolRule {
  return {
    ...(only !== undefined && { only }),
    ...(except !== undefined && except.length > 0 && { except }),
  };
}

/** Whether it stands for everything, which is the same as no rule. */
export const isEverything = ({ only, except }: ToolRule): boolean =>
  only === undefined && (except?.length ?? 0) === 0;
