import type { OptionSpecs } from '../runtime/options.ts';

/** How the server is started. */
export const OPTIONS = {
  folder: {
    type: 'directory',
    multiple: true,
    title: 'Folders',
    description:
      'commands may start in these folders and below; the first is the default; without any, all is refused',
  },
  allow: {
    type: 'string',
    multiple: true,
    title: 'Allowed programs',
    description: 'only these programs may be run; without any, all may',
  },
  deny: {
    type: 'string',
    multiple: true,
    title: 'Denied programs',
    description: 'these programs are never run; keeps off mistakes, is no sandbox',
  },
  'allow-env': {
    type: 'string',
    multiple: true,
    title: 'Variables that a call may set',
    description:
      'names or patterns such as LC_*; without any, all may be set, or, while programs are listed, only language and time zone',
  },
  'keep-env': {
    type: 'string',
    multiple: true,
    title: 'Variables that commands get',
    description:
      "names or patterns of the server's own variables that commands get, beside PATH, HOME and the like; without any, all",
  },
  input: {
    type: 'string',
    title: 'Waiting for input',
    description: 'what is done when a command waits for input: ask the person, or refuse and end it',
    default: 'ask',
  },
  shell: {
    type: 'string',
    title: 'Shell',
    description: 'the program that reads command lines, started with -c',
    default: '/bin/sh',
  },
  'grace-ms': {
    type: 'number',
    title: 'Grace',
    description: 'milliseconds between SIGTERM and SIGKILL when a command is ended',
    default: 3_000,
    min: 0,
  },
  'max-concurrent': {
    type: 'number',
    title: 'At once',
    description: 'how many commands and backups may run at once; more wait in line',
    default: 16,
    min: 1,
    max: 1_000,
  },
  'max-waiting': {
    type: 'number',
    title: 'In line',
    description: 'how many may wait in line; more are refused',
    default: 100,
    min: 0,
    max: 10_000,
  },
} as const satisfies OptionSpecs;
