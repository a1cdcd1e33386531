import path from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';

/**
 * One option of a server's command line. The fields are those of `user_config` in the manifest of MCP bundles
 * (MCPB 0.3), so that any host can show a form for them; on the command line it is `--name value`.
 */
export type OptionSpec = {
  readonly title: string;
  readonly description: string;
} & (
  | {
      readonly type: 'directory' | 'string';
      readonly multiple: true;
      readonly suggestions?: readonly string[];
    }
  | {
      readonly type: 'directory' | 'file' | 'string';
      readonly multiple?: false;
      readonly default?: string;
      /** The only values that are taken. */
      readonly options?: readonly string[];
    }
  | { readonly type: 'number'; readonly default: number; readonly min: number; readonly max?: number }
  | { readonly type: 'boolean' }
);

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** The values of a command line. What may be given several times is a list, empty when it was not given. */
export type Settings<Specs extends OptionSpecs> = {
  readonly [Name in keyof Specs]: Specs[Name] extends { multiple: true }
    ? readonly string[]
    : Specs[Name] extends { type: 'number' }
      ? number
      : Specs[Name] extends { type: 'boolean' }
        ? boolean
        : Specs[Name] extends { default: string }
          ? string
          : string | undefined;
};

/**
 * Reads a command line. Folders and files become absolute.
 * @throws {Error} naming the option and what was expected
 */
export function parseOptions<const Specs extends OptionSpecs>(
  specs: Specs,
  args: readonly string[],
): Settings<Specs> {
  const { values } = parseArgs({ args: [...args], options: forParser(specs) });
  const entries = Object.entries(specs).map(([name, spec]) => [name, read(name, spec, values[name])]);
  return Object.fromEntries(entries);
}

/** One line for each option, for `--help` and for a wrong command line. */
export function usageOf(program: string, specs: OptionSpecs): string {
  const rows = Object.entries(specs).map(([name, spec]) => [`--${name}${placeholder(spec)}`, spec] as const);
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  const lines = rows.map(([left, spec]) => `  ${left.padEnd(width)}${spec.description}${ending(spec)}`);
  return [`Usage: ${program} [options]`, '', ...lines].join('\n');
}

function forParser(specs: OptionSpecs): NonNullable<ParseArgsConfig['options']> {
  const entries = Object.entries(specs).map(([name, spec]) => [
    name,
    spec.type === 'boolean'
      ? { type: 'boolean' as const }
      : { type: 'string' as const, multiple: 'multiple' in spec && spec.multiple === true },
  ]);
  return Object.fromEntries(entries);
}

function read(name: string, spec: OptionSpec, value: unknown): unknown {
  if (spec.type === 'boolean') return value === true;
  if (spec.type === 'number')
    return value === undefined ? spec.default : wholeNumber(name, String(value), spec);
  const absolute = (text: string) => {
    if (text === '') throw new Error(`--${name}: expected a ${spec.type}, not an empty text`);
    return spec.type === 'string' ? text : path.resolve(text);
  };
  if (spec.multiple) return ((value ?? []) as string[]).map(absolute);
  const text = (value ?? spec.default) as string | undefined;
  if (text !== undefined && spec.options?.includes(text) === false)
    throw new Error(`--${name}: expected ${spec.options.join(', ')}, not "${text}"`);
  return text === undefined ? undefined : absolute(text);
}

function wholeNumber(name: string, text: string, { min, max = 2 ** 31 - 1 }: { min: number; max?: number }) {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max)
    throw new Error(`--${name}: expected a whole number from ${min} to ${max}, not "${text}"`);
  return value;
}

const PLACEHOLDERS = { directory: ' DIR', file: ' FILE', string: ' TEXT', number: ' N', boolean: '' };
const placeholder = ({ type }: OptionSpec): string => PLACEHOLDERS[type];

function ending(spec: OptionSpec): string {
  if ('multiple' in spec && spec.multiple) return ' (repeatable)';
  return 'default' in spec && spec.default !== undefined ? ` (default: ${spec.default})` : '';
}
