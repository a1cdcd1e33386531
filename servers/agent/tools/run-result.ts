import * as z from 'zod';

const count = (text: string) => z.int().nonnegative().describe(text);

/** `structuredContent` of a run. Lists are cut at the lengths in `compose-result.ts`; the counts are of all. */
export const RUN_RESULT = z.object({
  run: z.string().describe('The id of the run, as in cancel_task'),
  agent: z.string().describe('The agent that was set to work'),
  via: z.enum(['acp', 'template']).describe('How it was driven'),
  workspace: z.string().describe('The real path of the workspace'),
  outcome: z
    .enum(['finished', 'failed', 'cancelled', 'idle', 'waiting'])
    .describe(
      'finished: it says that it is done. failed: it could not. cancelled: it was stopped. idle: nothing came from it. waiting: it wanted somebody to type',
    ),
  why: z.string().optional().describe('Unless it has finished: why not'),
  stoppedBy: z
    .enum(['protocol', 'processes'])
    .optional()
    .describe('What stopped a cancelled run: its own confirmation, or the end of its processes'),
  stopReason: z.string().optional().describe('Over ACP: why it ended its turn, such as end_turn or refusal'),
  exitStatus: z.int().nullable().describe('Exit status of its program; null when a signal ended it'),
  signal: z.string().nullable().describe('The signal that ended its program; null otherwise'),
  durationMs: count('From the start of its program to the end, in milliseconds'),
  endedInBackground: count('Processes that it left behind and that were ended'),
  left: count('Processes that could not be ended; 0 unless the system refuses'),
  changed: z
    .boolean()
    .nullable()
    .describe(
      'Whether anything is different from before, as seen by this server; null: nothing was seen, but not all could be',
    ),
  seenBy: z.enum(['git', 'files']).describe('git: the whole repository was compared. files: sizes and times'),
  root: z.string().describe('The folder to which the paths below belong'),
  commits: z
    .array(z.object({ id: z.string(), subject: z.string() }))
    .describe('New commits, the oldest first'),
  commitCount: count('New commits in all'),
  refs: z
    .array(
      z.object({
        name: z.string().describe('HEAD, a branch or a tag'),
        before: z.string().optional().describe('The commit it pointed at; absent when it was not there'),
        after: z.string().optional().describe('The commit it points at; absent when it is gone'),
      }),
    )
    .describe('What points elsewhere than before'),
  files: z
    .array(
      z.object({
        path: z.string(),
        change: z.enum(['added', 'modified', 'deleted', 'renamed']),
        from: z.string().optional().describe('The old path of a renamed file'),
        added: z.int().optional().describe('Lines; absent for binary files and without git'),
        removed: z.int().optional().describe('Lines; absent for binary files and without git'),
        modifiedBefore: z
          .boolean()
          .describe('It held uncommitted work before the run; only what is new is counted'),
      }),
    )
    .describe('Files that differ from before, committed or not'),
  fileCount: count('Such files in all'),
  linesAdded: count('Lines added in all of them'),
  linesRemoved: count('Lines removed in all of them'),
  diffStat: z.string().describe('The same as git diff --stat prints it; empty without git'),
  notes: z.array(z.string()).describe('What could not be seen, and what else is worth knowing'),
  permissions: z
    .array(
      z.object({
        asked: z.string().describe('What it asked for'),
        decision: z.enum(['allowed', 'rejected', 'cancelled']),
        by: z
          .enum(['person', 'setting', 'nobody', 'stop'])
          .describe('Who decided; nobody: no one could be asked; stop: the run was stopped meanwhile'),
      }),
    )
    .describe('Its requests for permission, and what became of them'),
  lastWords: z.string().describe('The last that the agent said, in its own words and not checked'),
  lastWordsCut: z.boolean().describe('Whether the beginning of them is missing'),
  output: z.string().describe('What it put out; of much output the head and the tail'),
  outputBytes: count('Bytes of output in all'),
});

export type RunResult = z.infer<typeof RUN_RESULT>;
