import type { Tool } from '../data/types.ts';
import { type Token, tokenise } from './tokens.ts';

export interface NamedTool {
  readonly server: string;
  readonly tool: Tool;
}

export interface CompletionItem {
  readonly label: string;
  /** What replaces the text from `from` to `to`. */
  readonly insert: string;
  /** Short, beside the label: a type, a title. */
  readonly detail?: string;
  readonly description?: string;
  readonly required?: boolean;
}

export interface Completion {
  readonly from: number;
  readonly to: number;
  readonly items: readonly CompletionItem[];
  /** What is being typed, when there is nothing to choose from: the argument's name, type and description. */
  readonly hint?: CompletionItem;
}

export interface CompletionSource {
  readonly tools: readonly NamedTool[];
  /** What `/cancel` can be given. */
  readonly running: readonly { readonly id: string; readonly title: string }[];
}

const WORDS: readonly CompletionItem[] = [
  { label: '/help', insert: '/help', detail: 'What can be typed here' },
  { label: '/tasks', insert: '/tasks', detail: 'What is running and what ended' },
  { label: '/cancel', insert: '/cancel ', detail: 'Stop a task' },
  { label: '/remind', insert: '/remind ', detail: 'Say something later: in 30 minutes …' },
  { label: '/every', insert: '/every ', detail: 'Do something again and again: weekday at 9:00 …' },
  { label: '/when', insert: '/when ', detail: 'Do something when something happens: task failed …' },
  { label: '/assignments', insert: '/assignments', detail: 'What is to be done later' },
];

/** What to offer for a message with the caret at `caret`; undefined when it is no command or nothing fits. */
export function complete(text: string, caret: number, source: CompletionSource): Completion | undefined {
  const head = text.slice(0, caret);
  if (!head.startsWith('/')) return undefined;
  const tokens = tokenise(head);
  const first = tokens[0];
  if (first === undefined) return undefined;
  if (first.to === head.length) return completeWord(head, source);
  const open = tokens.length > 1 && tokens.at(-1)?.to === head.length ? tokens.at(-1) : undefined;
  const current: Token = open ?? { from: caret, to: caret, text: '' };
  if (first.text === '/cancel') return tokens.length > 2 ? undefined : completeTask(current, source);
  if (first.text in LATER) return completeLater(head, first.text, tokens, current, source);
  const named = source.tools.find((entry) => `/${entry.server}.${entry.tool.name}` === first.text);
  if (named === undefined || head.slice(first.to).trimStart().startsWith('{')) return undefined;
  return completeArgument(head, current, tokens.slice(1), named.tool);
}

/** What follows the commands that do something later: when, then a text or a tool. */
const LATER: Readonly<Record<string, CompletionItem>> = {
  '/remind': {
    label: '/remind WHEN TEXT',
    insert: '',
    description: 'in 30 minutes call mum · tomorrow at 9:00 water the plants',
  },
  '/every': {
    label: '/every TIMES TEXT or /TOOL',
    insert: '',
    description: 'weekday at 9:00 stand up · last friday of the month at 17:00 /SERVER.TOOL …',
  },
  '/when': {
    label: '/when EVENT TEXT or /TOOL',
    insert: '',
    description: 'task failed … · SERVER.created in FOLDER … · SERVER changes URI … · hook …',
  },
};

function completeLater(
  head: string,
  command: string,
  tokens: readonly Token[],
  current: Token,
  source: CompletionSource,
): Completion | undefined {
  const hint = LATER[command];
  const call = tokens.findIndex((token, index) => index > 0 && token.text.startsWith('/'));
  const tool = tokens[call];
  if (tool !== undefined && tool.to < head.length) {
    const named = source.tools.find((entry) => `/${entry.server}.${entry.tool.name}` === tool.text);
    if (named === undefined || head.slice(tool.to).trimStart().startsWith('{')) return undefined;
    return completeArgument(head, current, tokens.slice(call + 1), named.tool);
  }
  const range = { from: current.from, to: current.to };
  const typed = current.text.toLowerCase();
  const items = typed.startsWith('/')
    ? toolItems(source).filter((item) => item.label.toLowerCase().includes(typed.slice(1)))
    : command === '/when' && tokens.length <= 2
      ? eventItems(source).filter((item) => item.label.startsWith(typed) && item.insert.trim() !== typed)
      : [];
  return { ...range, items, ...(hint !== undefined && { hint }) };
}

/** The first words of events that can be waited for. */
function eventItems({ tools }: CompletionSource): readonly CompletionItem[] {
  const watching = tools.filter(({ tool }) => tool.name === 'watch').map(({ server }) => server);
  return [
    { label: 'task failed', insert: 'task failed ', detail: 'A task has failed' },
    { label: 'task ended', insert: 'task ended ', detail: 'A task has ended, however' },
    ...watching.map((server) => ({
      label: `${server}.created in`,
      insert: `${server}.created in `,
      detail: 'A file is there that was not',
    })),
    { label: 'hook', insert: 'hook ', detail: 'Something outside calls its address' },
  ];
}

function toolItems({ tools }: CompletionSource): readonly CompletionItem[] {
  return tools.map(({ server, tool }) => ({
    label: `/${server}.${tool.name}`,
    insert: `/${server}.${tool.name} `,
    ...(tool.title === undefined ? {} : { detail: tool.title }),
    ...(tool.description === undefined ? {} : { description: tool.description }),
  }));
}

function completeWord(head: string, source: CompletionSource): Completion | undefined {
  const typed = head.toLowerCase();
  const all: readonly CompletionItem[] = [...WORDS, ...toolItems(source)];
  const starting = all.filter((item) => item.label.toLowerCase().startsWith(typed));
  const inside = all.filter(
    (item) => !starting.includes(item) && item.label.toLowerCase().includes(typed.slice(1)),
  );
  const items = [...starting, ...inside];
  // A whole word that only names itself has nothing left to complete.
  if (items.length === 0 || (items.length === 1 && items[0]?.insert === head)) return undefined;
  return { from: 0, to: head.length, items };
}

function completeTask(current: Token, source: CompletionSource): Completion | undefined {
  const typed = current.text.toLowerCase();
  const items = source.running
    .filter(({ id, title }) => id.startsWith(typed) || title.toLowerCase().includes(typed))
    .filter(({ id }) => id !== current.text)
    .map(({ id, title }) => ({ label: title, insert: id, detail: id }));
  return items.length === 0 ? undefined : { from: current.from, to: current.to, items };
}

function completeArgument(
  head: string,
  current: Token,
  tokens: readonly Token[],
  tool: Tool,
): Completion | undefined {
  const range = { from: current.from, to: current.to };
  const properties = record(tool.inputSchema.properties);
  const required = Array.isArray(tool.inputSchema.required) ? tool.inputSchema.required : [];
  const describe = (name: string): CompletionItem => {
    const schema = record(properties[name]);
    const { description } = schema;
    return {
      label: name,
      insert: `${name}=`,
      detail: typeWords(schema),
      required: required.includes(name),
      ...(typeof description === 'string' ? { description } : {}),
    };
  };
  const equals = current.text.indexOf('=');
  if (equals >= 0) {
    const name = current.text.slice(0, equals);
    if (!(name in properties)) return undefined;
    const typed = current.text.slice(equals + 1);
    const items = choices(record(properties[name]))
      .filter((value) => value.startsWith(typed) && value !== typed)
      .map((value) => ({ label: value, insert: `${name}=${quoted(value)} ` }));
    const hint = describe(name);
    return { ...range, items, hint };
  }
  const used = new Set(
    tokens.filter((token) => token.from !== current.from).map((token) => token.text.split('=')[0]),
  );
  const names = Object.keys(properties).filter((name) => !used.has(name));
  const fitting = names.filter((name) => name.toLowerCase().startsWith(current.text.toLowerCase()));
  const items = [
    ...fitting.filter((name) => required.includes(name)),
    ...fitting.filter((name) => !required.includes(name)),
  ].map(describe);
  return items.length === 0 || head.endsWith('"') ? undefined : { ...range, items };
}

function choices(schema: Record<string, unknown>): readonly string[] {
  if (Array.isArray(schema.enum)) return schema.enum.map(String);
  if ('const' in schema) return [String(schema.const)];
  return schema.type === 'boolean' ? ['true', 'false'] : [];
}

/** `string`, `integer`, `list of string`, `one of: a, b`. */
export function typeWords(schema: Record<string, unknown>): string {
  if (Array.isArray(schema.enum)) return `one of: ${schema.enum.map(String).join(', ')}`;
  const variants = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(variants)) return variants.map((variant) => typeWords(record(variant))).join(' or ');
  if (schema.type === 'array') return `list of ${typeWords(record(schema.items))}`;
  if (Array.isArray(schema.type)) return schema.type.join(' or ');
  return typeof schema.type === 'string' ? schema.type : 'any value';
}

function quoted(value: string): string {
  return /[\s"'{}\\]/.test(value) ? JSON.stringify(value) : value;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
