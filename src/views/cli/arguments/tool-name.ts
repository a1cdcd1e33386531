import { AppError } from '../../../base/errors.ts';

/** `server.tool` as its two parts: tools may have dots in their names, servers have none. @throws {AppError} `invalid_arguments` */
export function toolName(name: string): [server: string, tool: string] {
  const at = name.indexOf('.');
  if (at > 0 && at < name.length - 1) return [name.slice(0, at), name.slice(at + 1)];
  throw new AppError('invalid_arguments', `Name the tool as server.tool, not \`${name}\`.`);
}
