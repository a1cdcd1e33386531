import type { Agent } from './agent.ts';
import { findProgram } from './find-program.ts';
import { PRESETS, type Preset } from './presets.ts';
import { splitWords } from './split-words.ts';
import { parseTemplate } from './template.ts';

const ACP = 'acp:';
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** What may be set to work, whether it is installed or not. */
export interface KnownAgent {
  readonly agent: Agent;
  readonly title: string;
  /** Where its program is; absent when it is not installed. */
  readonly program?: string;
}

/**
 * Reads the values of `--agent`, each a preset (`claude`, or `opencode:template` where it can be driven in two ways),
 * `name=command template` or `name=acp:command`. None means: every preset that is installed, looked up at each call.
 * @throws {Error} naming the value and what was expected
 */
export function readAgents(values: readonly string[]): readonly KnownAgent[] {
  if (values.length === 0)
    return PRESETS.map((preset) => fromPreset(preset)).filter(({ program }) => program !== undefined);
  const agents = values.map(readAgent);
  const names = agents.map(({ agent }) => agent.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`--agent: ${twice} is given twice`);
  return agents;
}

/** A preset, driven in the first way whose program is installed. */
export function fromPreset({ name, title, ways, signIn }: Preset, via?: string): KnownAgent {
  const all = ways.map((way) => ({ name, signIn, ...parseCommand(way) }));
  const read = via === undefined ? all : all.filter((each) => each.via === via);
  const agent = read.find(({ words }) => findProgram(words[0]!) !== undefined) ?? read[0]!;
  return { title, agent, ...installed(agent) };
}

function readAgent(value: string): KnownAgent {
  const at = value.indexOf('=');
  const name = at < 0 ? value : value.slice(0, at);
  if (at < 0) {
    const [wanted, via] = value.split(':');
    const preset = PRESETS.find((each) => each.name === wanted);
    if (preset && hasWay(preset, via)) return fromPreset(preset, via);
    throw new Error(
      `--agent: expected one of ${PRESETS.map((each) => each.name).join(', ')}, or NAME=COMMAND with PROMPT, or NAME=acp:COMMAND, not "${value}"`,
    );
  }
  if (!NAME.test(name))
    throw new Error(`--agent: expected a name of letters, digits, . _ - before the =, not "${name}"`);
  try {
    const agent = { name, ...parseCommand(value.slice(at + 1)) };
    return { title: name, agent, ...installed(agent) };
  } catch (error) {
    throw new Error(`--agent ${name}: ${(error as Error).message}`);
  }
}

function hasWay({ ways }: Preset, via: string | undefined): boolean {
  return via === undefined || ways.some((way) => parseCommand(way).via === via);
}

function parseCommand(text: string): Pick<Agent, 'via' | 'words'> {
  if (!text.startsWith(ACP)) return { via: 'template', words: parseTemplate(text) };
  const words = splitWords(text.slice(ACP.length));
  if (words.length === 0) throw new Error('expected a command after acp:');
  return { via: 'acp', words };
}

function installed({ words }: Pick<Agent, 'words'>): { program?: string } {
  const program = findProgram(words[0]!);
  return program === undefined ? {} : { program };
}
