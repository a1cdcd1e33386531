import type { ServerView, Session, Tool, ToolRule } from '../../../store/records.ts';
import type { Remembered } from './remembered.ts';
import { toolName } from './tool-names.ts';

/** The server under whose name the tools of Meanwhile itself are known. */
export const OWN = 'meanwhile';

/** A tool that the model may use. */
export interface OfferedTool {
  readonly name: string;
  readonly server: string;
  readonly tool: Tool;
}

/** The tools of all servers that are connected, as the rule of the chat lets them through. */
export function offeredTools(
  servers: readonly ServerView[],
  own: readonly Tool[],
  rule: ToolRule = {},
): OfferedTool[] {
  return [
    ...servers.filter(({ state, name }) => state === 'ready' && name !== OWN),
    { name: OWN, tools: own },
  ].flatMap(({ name: server, tools }) =>
    tools
      .filter((tool) => isAllowed(server, tool.name, rule))
      .map((tool) => ({ name: toolName(server, tool.name), server, tool })),
  );
}

function isAllowed(server: string, tool: string, { only, except }: ToolRule): boolean {
  const names = (entry: string) => entry === server || entry === `${server}.${tool}`;
  return (only === undefined || only.some(names)) && !(except?.some(names) ?? false);
}

/** Whether a use may begin. What a person has once said of it counts more than what the tool says of itself. */
export function consentFor(
  { server, tool }: OfferedTool,
  ask: Session['ask'] = 'by_annotation',
  remembered: readonly Remembered[],
): 'allowed' | 'declined' | 'ask' {
  const known =
    remembered.find((each) => each.server === server && each.tool === tool.name) ??
    remembered.find((each) => each.server === server && each.tool === undefined);
  if (known !== undefined) return known.allow ? 'allowed' : 'declined';
  if (ask === 'never') return 'allowed';
  if (ask === 'always' && server !== OWN) return 'ask';
  const { readOnlyHint, destructiveHint } = tool.annotations ?? {};
  return readOnlyHint === true && destructiveHint !== true ? 'allowed' : 'ask';
}
