import * as z from 'zod';
import { COOKIE_NAME } from '../runtime/process/start-process.ts';

const hasNoNul = (text: string): boolean => !text.includes('\0');

/** The arguments of the tool `run`. Unknown fields are refused. */
export const RUN_INPUT = z.strictObject({
  command: z
    .string('expected a text')
    .min(1, 'must not be empty')
    .refine(hasNoNul, 'must not hold a NUL character')
    .describe('The command line, run by the shell (/bin/sh -c), for example "tar -czf site.tgz site".')
    .meta({ contentMediaType: 'application/x-sh' }),
  cwd: z
    .string('expected a path')
    .min(1, 'must not be empty')
    .refine(hasNoNul, 'must not hold a NUL character')
    .optional()
    .describe(
      'Folder to start in: absolute, or relative to the first configured folder, which is the default.',
    ),
  env: z
    .record(
      z
        .string()
        .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'names are letters, digits and _, not starting with a digit'),
      z.string('values must be texts').refine(hasNoNul, 'values must not hold a NUL character'),
      'expected an object of texts',
    )
    .refine((env) => !(COOKIE_NAME in env), `${COOKIE_NAME} is set by the server`)
    .optional()
    .describe('Variables to add to the environment, for example {"LANG": "C"}. Values are never shown.'),
  timeoutMs: z
    .int('expected a whole number of milliseconds')
    .positive('must be greater than 0')
    .max(2 ** 31 - 1, 'must be at most 2147483647')
    .optional()
    .describe('Ends the command after this many milliseconds. Without it there is no limit.'),
  input: z
    .enum(['none', 'ask'], 'expected none or ask')
    .optional()
    .describe(
      'none: its input is empty. ask: it stays open, and when the command waits for a line, the person is asked for ' +
        'it. Default: none; on a terminal ask.',
    ),
  terminal: z
    .boolean('expected true or false')
    .default(false)
    .describe(
      'Runs it on a pseudo-terminal, for programs that show progress or ask only there. stdout and stderr are one.',
    ),
  columns: z
    .int('expected a whole number of characters')
    .min(20, 'must be at least 20')
    .max(1_000, 'must be at most 1000')
    .default(120)
    .describe('The width of the terminal.'),
});

export type RunInput = z.infer<typeof RUN_INPUT>;
