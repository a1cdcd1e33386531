import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { AppError } from '../../../base/errors.ts';
import type { Task } from '../../../task/task.ts';
import {
  CallAnswerSchema,
  CancelBodySchema,
  InputBodySchema,
  LogPageSchema,
  LogQuerySchema,
  ResultSchema,
  TaskPageSchema,
  TaskQuerySchema,
} from '../contract/bodies.ts';
import { TaskSchema } from '../contract/records.ts';
import type { ApiPorts } from '../ports.ts';
import { problem } from '../problem.ts';
import { jsonAnswer, jsonBody, operation, router } from './route.ts';

const params = z.object({ id: z.string().max(100) });

/** What can be seen of tasks, and asked of them. Nobody creates one here. */
export function taskRoutes({ store, source, calls }: ApiPorts) {
  const app = router();

  async function existing(id: string): Promise<Task> {
    const task = await store.tasks.get(id);
    if (task === undefined) throw new AppError('task_not_found', `There is no task ${id}.`);
    return task;
  }

  app.openapi(
    operation({
      method: 'get',
      path: '/api/tasks',
      summary: 'Tasks, newest first',
      request: { query: TaskQuerySchema },
      responses: {
        200: jsonAnswer('A page of tasks, and how many there are of each status', TaskPageSchema),
      },
    }),
    async (context) => {
      const { status, session, source, server, parent, q, limit, cursor } = context.req.valid('query');
      const seq = await store.changes.head();
      const query = {
        statuses: status,
        sessionId: session,
        source,
        server,
        parentId: parent,
        words: q,
        limit,
        cursor,
      };
      const [page, counts] = await Promise.all([store.tasks.list(query), store.tasks.counts()]);
      return context.json({ tasks: [...page.tasks], nextCursor: page.nextCursor ?? null, counts, seq }, 200);
    },
  );

  app.post('/api/tasks', () => {
    const answer = problem(
      'task_not_creatable',
      'Tasks appear by themselves, when work takes longer than a moment. Call a tool instead.',
    );
    answer.headers.set('allow', 'GET');
    return answer;
  });

  app.openapi(
    operation({
      method: 'get',
      path: '/api/tasks/{id}',
      summary: 'One task',
      request: { params },
      responses: { 200: jsonAnswer('The task', TaskSchema) },
    }),
    async (context) => context.json(await existing(context.req.valid('param').id), 200),
  );

  app.openapi(
    operation({
      method: 'get',
      path: '/api/tasks/{id}/log',
      summary: 'The log of a task, oldest first',
      request: { params, query: LogQuerySchema },
      responses: { 200: jsonAnswer('Entries after a number, or the newest without one', LogPageSchema) },
    }),
    async (context) => {
      const { id } = await existing(context.req.valid('param').id);
      const { after, limit } = context.req.valid('query');
      const entries =
        after === undefined
          ? await store.log.tail({ taskId: id, limit })
          : await store.log.read({ taskId: id, after, limit });
      return context.json({ entries: [...entries], nextAfter: entries.at(-1)?.n ?? after ?? 0 }, 200);
    },
  );

  app.openapi(
    operation({
      method: 'get',
      path: '/api/tasks/{id}/result',
      summary: 'The whole result of a task',
      request: { params },
      responses: { 200: jsonAnswer('The result as its source gave it', ResultSchema) },
    }),
    async (context) => {
      const task = await existing(context.req.valid('param').id);
      const content = await store.tasks.content(task.id);
      if (content === undefined)
        throw new AppError(
          'result_not_found',
          `“${task.title}” has ${task.endedAt === undefined ? 'not ended yet' : 'no result'}.`,
        );
      return context.json(
        { taskId: task.id, isError: task.result?.isError ?? false, content: JSON.parse(content) },
        200,
      );
    },
  );

  app.openapi(
    operation({
      method: 'post',
      path: '/api/tasks/{id}/cancel',
      summary: 'Ask for a stop; the end comes as an event',
      request: { params, body: { ...jsonBody(CancelBodySchema), required: false } },
      responses: { 202: jsonAnswer('The task, with the request noted', TaskSchema) },
    }),
    async (context) => {
      const { id } = await existing(context.req.valid('param').id);
      const body = context.req.valid('json') as { force?: boolean; alsoEnds?: string[] } | undefined;
      await source.cancel(id, {
        by: whoAsks(context),
        force: body?.force ?? false,
        alsoEnds: body?.alsoEnds ?? [],
      });
      return context.json(await existing(id), 202);
    },
  );

  app.openapi(
    operation({
      method: 'post',
      path: '/api/tasks/{id}/input',
      summary: 'Answer what a task asks',
      request: { params, body: jsonBody(InputBodySchema) },
      responses: { 202: jsonAnswer('The task', TaskSchema) },
    }),
    async (context) => {
      const { id } = await existing(context.req.valid('param').id);
      await source.answer(id, context.req.valid('json'));
      return context.json(await existing(id), 202);
    },
  );

  app.openapi(
    operation({
      method: 'post',
      path: '/api/tasks/{id}/stop-waiting',
      summary: 'End the waiting, not the work; its true end is told should it turn up',
      request: { params },
      responses: { 202: jsonAnswer('The task, lost', TaskSchema) },
    }),
    async (context) => {
      const { id } = await existing(context.req.valid('param').id);
      await source.stopWaiting(id, whoAsks(context));
      return context.json(await existing(id), 202);
    },
  );

  app.openapi(
    operation({
      method: 'post',
      path: '/api/tasks/{id}/run-again',
      summary: 'Do the same call once more',
      request: { params },
      responses: { 200: jsonAnswer('The result, or the new task', CallAnswerSchema) },
    }),
    async (context) => {
      const { id } = await existing(context.req.valid('param').id);
      return context.json((await calls.callAgain(id)) as z.infer<typeof CallAnswerSchema>, 200);
    },
  );

  return app;
}

const whoAsks = (context: Context): string =>
  context.req.header('x-meanwhile-client') === 'cli' ? 'command line' : 'you';
