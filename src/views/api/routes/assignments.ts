import { z } from '@hono/zod-openapi';
import type { Assignment } from '../../../assignment/assignment.ts';
import { AppError } from '../../../base/errors.ts';
import {
  AssignmentMadeSchema,
  AssignmentPageSchema,
  AssignmentPatchSchema,
  AssignmentQuerySchema,
  HookAddressSchema,
} from '../contract/assignment-bodies.ts';
import { AssignmentSchema } from '../contract/assignments.ts';
import { DraftSchema } from '../contract/draft.ts';
import type { ApiPorts } from '../ports.ts';
import { hookAddress } from './hook-address.ts';
import { jsonAnswer, jsonBody, operation, router } from './route.ts';
import { sessionThatIs } from './session-that-is.ts';

const params = z.object({ id: z.string().max(100) });
type Shown = z.infer<typeof AssignmentSchema>;

/** What is to be done later: made, looked at, changed, removed. */
export function assignmentRoutes({ store, assignments }: ApiPorts) {
  const app = router();

  app.openapi(
    operation({
      method: 'get',
      path: '/api/assignments',
      summary: 'Assignments, newest first',
      request: { query: AssignmentQuerySchema },
      responses: { 200: jsonAnswer('A page of assignments', AssignmentPageSchema) },
    }),
    async (context) => {
      const { state, q, limit, cursor } = context.req.valid('query');
      const seq = await store.changes.head();
      const page = await store.assignments.list({ states: state, words: q, limit, cursor });
      const body = {
        assignments: page.assignments as Shown[],
        nextCursor: page.nextCursor ?? null,
        seq,
      };
      return context.json(body, 200);
    },
  );

  app.openapi(
    operation({
      method: 'post',
      path: '/api/assignments',
      summary: 'Make an assignment; the address of its hook, where it has one, is told this once',
      request: { body: jsonBody(DraftSchema) },
      responses: { 201: jsonAnswer('The assignment', AssignmentMadeSchema) },
    }),
    async (context) => {
      const draft = context.req.valid('json');
      await sessionThatIs(store, draft.sessionId);
      const { assignment, hook } = await assignments.create(draft, 'person');
      return context.json({ assignment: assignment as Shown, ...(hook && hookAddress(context, hook)) }, 201);
    },
  );

  app.openapi(
    operation({
      method: 'get',
      path: '/api/assignments/{id}',
      summary: 'One assignment; of a removed one its mark',
      request: { params },
      responses: { 200: jsonAnswer('The assignment', AssignmentSchema) },
    }),
    async (context) => context.json((await existing(store, context.req.valid('param').id)) as Shown, 200),
  );

  app.openapi(
    operation({
      method: 'patch',
      path: '/api/assignments/{id}',
      summary: 'Change an assignment, pause it or resume it',
      request: { params, body: jsonBody(AssignmentPatchSchema) },
      responses: { 200: jsonAnswer('The assignment', AssignmentSchema) },
    }),
    async (context) => {
      const change = context.req.valid('json');
      await sessionThatIs(store, change.sessionId);
      const changed = await assignments.change(context.req.valid('param').id, change);
      return context.json(changed as Shown, 200);
    },
  );

  app.openapi(
    operation({
      method: 'delete',
      path: '/api/assignments/{id}',
      summary: 'Remove an assignment; its runs that go on are not stopped, and it can be restored',
      request: { params },
      responses: { 204: { description: 'Removed' } },
    }),
    async (context) => {
      await assignments.remove(context.req.valid('param').id);
      return context.body(null, 204);
    },
  );

  app.openapi(
    operation({
      method: 'post',
      path: '/api/assignments/{id}/restore',
      summary: 'Take the removal back',
      request: { params },
      responses: { 200: jsonAnswer('The assignment', AssignmentSchema) },
    }),
    async (context) => context.json((await assignments.restore(context.req.valid('param').id)) as Shown, 200),
  );

  app.openapi(
    operation({
      method: 'post',
      path: '/api/assignments/{id}/hook',
      summary: 'A new address for its hook, told this once; the old one stops working',
      request: { params },
      responses: { 200: jsonAnswer('The address', HookAddressSchema) },
    }),
    async (context) => {
      const keys = await assignments.renewHook(context.req.valid('param').id);
      return context.json(hookAddress(context, keys), 200);
    },
  );

  return app;
}

/** @throws {AppError} `assignment_not_found` */
export async function existing(
  store: Pick<ApiPorts['store'], 'assignments'>,
  id: string,
): Promise<Assignment> {
  const assignment = await store.assignments.get(id);
  if (assignment === undefined) throw new AppError('assignment_not_found', `There is no assignment ${id}.`);
  return assignment;
}
