import * as z from 'zod';

export const CHECK = z.object({
  what: z.string().describe('What was looked at, for example "refs/heads/main at the remote"'),
  ok: z.boolean().describe('Whether it is as it should be'),
  expected: z.string().optional().describe('What it should be'),
  found: z.string().optional().describe('What it is'),
});

export type Check = z.infer<typeof CHECK>;

export const FAILURE = z.object({
  reason: z
    .enum([
      'git_failed',
      'stalled',
      'unanswered_prompt',
      'rejected',
      'conflict',
      'would_overwrite',
      'stopped',
    ])
    .describe('Why it did not succeed'),
  message: z.string().describe('The same in words, with what git said'),
  exitStatus: z.int().nullable().optional().describe('Exit status of git; null when a signal ended it'),
  askedFor: z.array(z.string()).optional().describe('What git or ssh asked for and nobody answered'),
  remains: z.string().optional().describe('What is there now'),
});

export type Failure = z.infer<typeof FAILURE>;

/** What the results of all tools that only look have in common. */
export const LOOK_FIELDS = {
  repository: z.string().optional().describe('Absolute path of the repository'),
  failure: FAILURE.optional().describe('Only when it did not succeed'),
};

/** What the results of all tools that change something have in common. */
export const CHANGE_FIELDS = {
  ...LOOK_FIELDS,
  verified: z
    .boolean()
    .describe('Whether all checks after the work were fine; false when it did not succeed'),
  checks: z.array(CHECK).describe('What was checked after the work, with what differs'),
};

export interface ChangeData {
  readonly repository?: string;
  readonly verified: boolean;
  readonly checks: Check[];
  readonly failure?: Failure;
}
