const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, cyan: 36 } as const;

export type Colour = keyof typeof CODES;

/** Gives a text a colour, or leaves it as it is. */
export type Paint = (text: string, colour: Colour | undefined) => string;

export const painted: Paint = (text, colour) =>
  colour && text ? `\u001b[${CODES[colour]}m${text}\u001b[0m` : text;
export const unpainted: Paint = (text) => text;

/** Colours are for terminals; NO_COLOR, `--no-color` and a dumb terminal turn them off. */
export function paintFor(stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv, wanted: boolean): Paint {
  return wanted && stream.isTTY && !env.NO_COLOR && env.TERM !== 'dumb' ? painted : unpainted;
}
