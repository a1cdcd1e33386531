import * as z from 'zod';
import { type AnyTool, defineTool, type Outcome, Refusal } from '../../runtime/tool.ts';
import type { Work } from '../../runtime/work.ts';
import type { KnownAgent } from '../agents/read-agents.ts';
import { lookBefore, unseenChanges } from '../changes/look-before.ts';
import { type Drive, type DriveEnd, NO_PROCESS } from '../drive/drive.ts';
import { driveAcp } from '../drive/drive-acp.ts';
import { driveTemplate } from '../drive/drive-template.ts';
import { firstWords } from '../runs/run-record.ts';
import type { Run } from '../runs/runs.ts';
import { type Mask, maskAll } from '../secrets/mask.ts';
import { maskedWork } from '../secrets/masked-work.ts';
import type { Workplace } from '../workplace.ts';
import { composeResult } from './compose-result.ts';
import { describeResult, remaining } from './describe-result.ts';
import { RUN_RESULT, type RunResult } from './run-result.ts';

const MAX_TASK = 100_000;

/** The tool `run_agent`: sets an agent to work, tells meanwhile, and answers with what it changed. */
export function runAgentTool(place: Workplace): AnyTool {
  return defineTool({
    name: 'run_agent',
    title: 'Set a coding agent to work',
    description: describe(place),
    isLong: true,
    annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
    input: z.strictObject({
      task: z
        .string('expected a text')
        .trim()
        .min(1, 'must not be empty')
        .max(MAX_TASK, `must be at most ${MAX_TASK} characters`)
        .refine((text) => !text.includes('\0'), 'must not hold a NUL character')
        .describe('What the agent shall do, in plain words, with all it needs to know: it cannot ask back.'),
      agent: z
        .string('expected the name of an agent')
        .min(1, 'must not be empty')
        .optional()
        .describe('Which agent, as list_agents names it. Default: the first.'),
      workspace: z
        .string('expected a path')
        .min(1, 'must not be empty')
        .refine((text) => !text.includes('\0'), 'must not hold a NUL character')
        .optional()
        .describe(
          'Folder to work in: absolute, or relative to the first configured one, which is the default.',
        ),
    }),
    output: RUN_RESULT,
    async run({ task, agent, workspace }, work) {
      const known = place.agent(agent);
      const folder = place.folder(workspace);
      const mask = place.mask();
      const run = place.runs.begin(known.agent.name, folder, mask(firstWords(task)));
      if ('refused' in run) throw new Refusal(run.refused);
      let summary = 'It could not be run.';
      try {
        const result = await workOn(place, run, known, task, maskedWork(work, mask), mask);
        const outcome = outcomeOf(result);
        summary = outcome.text.split('\n', 1)[0]!;
        return outcome;
      } finally {
        run.end(summary);
      }
    },
  });
}

async function workOn(
  place: Workplace,
  run: Run,
  { agent }: KnownAgent,
  task: string,
  work: Work,
  mask: Mask,
): Promise<RunResult> {
  const { workspace, run: id } = run.record;
  work.progress({ message: `${id}: looking at ${workspace} before ${agent.name} begins` });
  const before = await lookBefore(workspace);
  try {
    work.progress({ message: `${id}: ${agent.name} begins in ${workspace}` });
    const stop = AbortSignal.any([work.signal, run.cancelled]);
    const drive: Drive = {
      ...{ agent, task, workspace, work, stop },
      limits: place.limits,
      permissions: place.permissions,
      onStart: (pid) => run.started(pid),
    };
    const end = await driveAgent(drive);
    const changes = await before.changes().catch((error) => unseenChanges(workspace, error));
    const why = end.outcome === 'stopped' ? { why: stopWords(work, run) } : {};
    return maskAll(composeResult({ id, agent, workspace }, { ...end, ...why }, changes), mask);
  } finally {
    await before.forget();
  }
}

async function driveAgent(drive: Drive): Promise<DriveEnd> {
  if (drive.stop.aborted) return { ...NO_PROCESS, outcome: 'stopped' };
  return drive.agent.via === 'acp' ? driveAcp(drive) : driveTemplate(drive);
}

function outcomeOf(result: RunResult): Outcome<RunResult> {
  const how = result.stoppedBy === undefined ? 'It had not begun.' : STOPPED_BY[result.stoppedBy];
  const remains = `${how} In ${result.root} ${remaining(result)}.`;
  const stop = { stopped: result.left === 0, remains, left: result.left };
  return {
    text: describeResult(result),
    data: result,
    isError: result.outcome !== 'finished',
    ...(result.outcome === 'cancelled' && { stop }),
  };
}

const STOPPED_BY = {
  protocol: 'It confirmed the stop itself.',
  processes: 'It was stopped by ending its processes.',
};

/** Who wanted a run to stop. */
function stopWords(work: Work, run: Run): string {
  if (run.cancelled.aborted) return 'It was cancelled by cancel_task.';
  return work.stopReason === 'shutdown' ? 'The server was told to end.' : 'Its call was cancelled.';
}

function describe({ settings }: Workplace): string {
  const { workspace: folders } = settings;
  const where = folders.length === 0 ? 'none is configured, so every call is refused' : folders.join(', ');
  return (
    'Sets a coding agent to work on a task in a workspace and answers when it is done: commits, files and lines that ' +
    'changed, as seen by this server, and the last that the agent said. It may take long; progress is told, it can be ' +
    'cancelled, and what was done until then stays. One agent at a time in a workspace; a second one is refused with ' +
    `what runs. Workspaces: ${where}.`
  );
}
