import type { Tool } from '../../data/types.ts';

/** What a tool says of itself, in words, and whether it is to be looked at twice. Servers may say what they like. */
export function annotationWords(annotations: Tool['annotations'] = {}): {
  readonly words: string;
  readonly grave: boolean;
} {
  const { readOnlyHint, destructiveHint, idempotentHint, openWorldHint } = annotations;
  if (readOnlyHint === true && destructiveHint !== true)
    return { words: sentence('it only reads', openWorldHint), grave: false };
  const again = idempotentHint === true ? ', and that doing it twice does no more' : '';
  if (destructiveHint === true)
    return { words: sentence(`it may delete or overwrite things${again}`, openWorldHint), grave: true };
  if (destructiveHint === false)
    return { words: sentence(`it changes things, but deletes nothing${again}`, openWorldHint), grave: false };
  return {
    words: 'The tool does not say what it does to things: it may change or delete them.',
    grave: false,
  };
}

const sentence = (says: string, openWorld: unknown): string =>
  `The tool says that ${says}${openWorld === true ? '. It reaches beyond this machine' : ''}.`;
