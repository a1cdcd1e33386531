import * as z from 'zod';
import { defineTool, Refusal } from '../../runtime/tool.ts';
import { counted } from '../place/amounts.ts';
import { placeOf } from '../place/place.ts';
import { shown } from '../place/shown.ts';
import { FILE_EVENT } from '../watch/feed.ts';
import type { FilesContext } from './context.ts';
import { countInput, pathInput } from './path-input.ts';

/** The tool `changes`. */
export const changesTool = ({ folders, watches }: FilesContext) =>
  defineTool({
    name: 'changes',
    title: 'Changes in a watched folder',
    description:
      'Gives the events of a watched folder after a seq, the oldest first. A rename is a removal and a creation with ' +
      '`renamedFrom`. About 2,000 events are kept for each folder; `missed` says when older ones were asked for.',
    input: z.strictObject({
      path: pathInput('The watched folder; may be left out when only one is watched.').optional(),
      after: countInput(0, Number.MAX_SAFE_INTEGER)
        .default(0)
        .describe('The last seq that is known already.'),
      limit: countInput(1, 1_000).default(100).describe('Most events to give.'),
    }),
    output: z.object({
      folder: z.string().describe('The folder as it really is called, links followed'),
      state: z.enum(['starting', 'watching', 'gone']).describe('Whether changes are heard of'),
      events: z.array(FILE_EVENT).describe('The oldest first'),
      lastSeq: z.int().nonnegative().describe('Of all events, also those not given here'),
      more: z.boolean().describe('There are more after these'),
      missed: z.boolean().describe('Events after `after` are no longer kept: look at the folder itself'),
    }),
    annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    isLong: false,
    async run({ path, after, limit }) {
      const all = watches.all;
      const folder =
        path === undefined ? all.length === 1 && all[0]!.folder : placeOf('path', path, folders).path;
      if (folder === false)
        throw new Refusal(
          all.length === 0
            ? 'path: no folder is watched; watch begins it'
            : `path: several folders are watched (${all.map((each) => each.folder).join(', ')}), name one`,
        );
      const watch = watches.get(folder);
      if (watch === undefined) throw new Refusal(`path: ${folder} is not watched; watch begins it`);
      const { feed, state } = watch;
      const events = feed?.after(after, limit) ?? [];
      const lastSeq = feed?.lastSeq ?? 0;
      const more = (events.at(-1)?.seq ?? lastSeq) < lastSeq;
      const missed = feed !== undefined && after + 1 < feed.firstSeq;
      const lines = events.map(
        (event) =>
          `${event.seq} ${event.type} ${shown(event.path)}${event.renamedFrom === undefined ? '' : ` (renamed from ${shown(event.renamedFrom)})`}`,
      );
      const notes = `${more ? ', and more' : ''}${missed ? '; older ones are no longer kept' : ''}${state === 'gone' ? '; the folder is gone at the moment' : ''}`;
      return {
        text: [`${counted(events.length, 'event')} after ${after} in ${folder}${notes}`, ...lines].join('\n'),
        data: { folder, state, events, lastSeq, more, missed },
      };
    },
  });
