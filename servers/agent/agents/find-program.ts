import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/** The absolute path of a program as the PATH of the environment finds it; `undefined` when it is not installed. */
export function findProgram(program: string, pathVariable = process.env.PATH ?? ''): string | undefined {
  if (program.includes('/')) return isProgram(program) ? path.resolve(program) : undefined;
  return pathVariable
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, program))
    .find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
