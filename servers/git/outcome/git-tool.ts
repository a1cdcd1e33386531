import type * as z from 'zod';
import { type AnyTool, defineTool, type Outcome, Refusal, type Tool } from '../../runtime/tool.ts';
import { type GitContext, GitSession } from '../run/session.ts';

type GitTool<Input extends z.ZodObject, Output extends z.ZodObject> = Omit<Tool<Input, Output>, 'run'> & {
  run(args: z.infer<Input>, session: GitSession): Promise<Outcome<z.infer<Output>>>;
};

/** A tool that runs git: with a session of its own for each call, and an answer also when it is stopped between two gits. */
export function gitTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  context: GitContext,
  tool: GitTool<Input, Output>,
): AnyTool {
  return defineTool({
    ...tool,
    async run(args, work) {
      const session = new GitSession(context, work);
      try {
        return await tool.run(args, session);
      } catch (error) {
        if (!work.signal.aborted || error instanceof Refusal) throw masked(error, session);
        return stoppedBetween(tool.name, session) as Outcome<z.infer<Output>>;
      }
    },
  });
}

function stoppedBetween(what: string, { remains }: GitSession): Outcome<object> {
  const message = `Stopped the ${what}; nothing of git runs any more.`;
  return {
    text: `${message}\n${remains}`,
    data: { verified: false, checks: [], failure: { reason: 'stopped', message, remains } },
    isError: true,
    stop: { stopped: true, remains },
  };
}

function masked(error: unknown, { mask }: GitSession): unknown {
  if (error instanceof Error) error.message = mask.hide(error.message);
  return error;
}
