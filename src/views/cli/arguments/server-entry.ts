import { AppError } from '../../../base/errors.ts';
import { splitWords } from '../../../base/tool-arguments/split-words.ts';
import type { ServerBody } from '../../api/contract/types.ts';
import { pairs } from './pairs.ts';

export interface AddOptions {
  readonly command?: string;
  readonly env: readonly string[];
  readonly url?: string;
  readonly header: readonly string[];
}

/** What `servers add` was given, as an entry of mcp.json. @throws {AppError} `invalid_arguments` */
export function serverEntry(name: string, { command, env, url, header }: AddOptions): ServerBody {
  if ((command === undefined) === (url === undefined)) {
    throw new AppError('invalid_arguments', "Give either --command '…' or --url U.");
  }
  if (url !== undefined) {
    if (env.length > 0) throw new AppError('invalid_arguments', '--env goes with --command.');
    return {
      name,
      type: 'http',
      url,
      ...(header.length > 0 ? { headers: pairs('--header', header, ':') } : {}),
    };
  }
  if (header.length > 0) throw new AppError('invalid_arguments', '--header goes with --url.');
  const [program, ...args] = splitWords(command ?? '');
  if (program === undefined) throw new AppError('invalid_arguments', '--command is empty.');
  return { name, command: program, args, ...(env.length > 0 ? { env: pairs('--env', env, '=') } : {}) };
}
