import { z } from '@hono/zod-openapi';
import { page } from './bodies.ts';
import { SessionSchema } from './records.ts';

/* Finding chats again: by their titles, and by what is said in them. */

export const SearchQuerySchema = z.strictObject({
  ...page,
  q: z.string().trim().min(1).max(200).describe('words; all of them must be found, beginnings count'),
});

export const SearchHitSchema = z
  .object({
    sessionId: z.string(),
    sessionTitle: z.string(),
    messageId: z.string(),
    role: z.enum(['user', 'assistant', 'system']),
    at: z.iso.datetime(),
    /** Text as it stands in the message; `found` are the places of the words, as offsets in it. */
    excerpt: z.object({
      text: z.string(),
      found: z.array(z.object({ from: z.number().int(), to: z.number().int() })),
    }),
  })
  .openapi('SearchHit');

export const SearchPageSchema = z.object({
  sessions: z.array(SessionSchema).describe('whose titles hold the words; on the first page only'),
  hits: z.array(SearchHitSchema).describe('messages that hold them, the newest first'),
  nextCursor: z.string().nullable(),
});
