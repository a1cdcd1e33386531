import type { z } from '@hono/zod-openapi';
import { describe, expect, test } from 'vitest';
import type { Assignment } from '../../../assignment/assignment.ts';
import type { AssignmentDraft, Preview } from '../../../assignment/draft.ts';
import type { AcceptedEvent, Run } from '../../../assignment/run.ts';
import type { AssignmentExport } from '../../../sources/assignment-directory.ts';
import type { CallAnswer } from '../../../sources/source.ts';
import type { TaskCounts } from '../../../store/ports.ts';
import type { LogEntry, Message, ServerView, Session, Tool } from '../../../store/records.ts';
import type { Task } from '../../../task/task.ts';
import { createApi } from '../app.ts';
import type { ApiPorts } from '../ports.ts';
import type { ExportSchema } from './assignment-bodies.ts';
import type * as assignments from './assignments.ts';
import type { CallAnswerSchema } from './bodies.ts';
import type * as drafts from './draft.ts';
import type * as schemas from './records.ts';

/* The contract says what the records are: neither side has a field that the other lacks, optional ones included. */

/** Without `readonly`, which says nothing of what travels. */
type Plain<T> = T extends readonly (infer Each)[]
  ? Plain<Each>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Plain<T[Key]> }
    : T;
type Same<A, B> =
  (<T>() => T extends Plain<A> ? 1 : 2) extends <T>() => T extends Plain<B> ? 1 : 2 ? true : false;

const same = <Yes extends true>(yes: Yes) => yes;

test('schemas and types are the same (checked by the compiler)', () => {
  expect([
    same<Same<z.infer<typeof schemas.TaskSchema>, Task>>(true),
    same<Same<z.infer<typeof schemas.SessionSchema>, Session>>(true),
    same<Same<z.infer<typeof schemas.MessageSchema>, Message>>(true),
    same<Same<z.infer<typeof schemas.ServerSchema>, ServerView>>(true),
    same<Same<z.infer<typeof schemas.ToolSchema>, Tool>>(true),
    same<Same<z.infer<typeof schemas.LogEntrySchema>, LogEntry>>(true),
    same<Same<z.infer<typeof schemas.CountsSchema>, TaskCounts>>(true),
    same<Same<z.infer<typeof CallAnswerSchema>, CallAnswer>>(true),
    same<Same<z.infer<typeof assignments.AssignmentSchema>, Assignment>>(true),
    same<Same<z.infer<typeof assignments.RunSchema>, Run>>(true),
    same<Same<z.infer<typeof assignments.AcceptedEventSchema>, AcceptedEvent>>(true),
    same<Same<z.infer<typeof drafts.DraftSchema>, AssignmentDraft>>(true),
    same<Same<z.infer<typeof drafts.DraftChangeSchema>, Partial<AssignmentDraft>>>(true),
    same<Same<z.infer<typeof drafts.PreviewSchema>, Preview>>(true),
    same<Same<z.infer<typeof ExportSchema>, AssignmentExport>>(true),
    // The check itself: a field too many, one too few, an optional one.
    // @ts-expect-error
    same<Same<z.infer<typeof schemas.SessionSchema>, Session & { more: string }>>(true),
    // @ts-expect-error
    same<Same<z.infer<typeof schemas.SessionSchema>, Omit<Session, 'deletedAt'>>>(true),
    // @ts-expect-error
    same<Same<z.infer<typeof schemas.SessionSchema>, Session & { more?: string }>>(true),
  ]).not.toContain(false);
});

const api = createApi({
  token: 'a token for this test',
  allowedHosts: new Set(['localhost']),
  cookieName: 'test',
  version: '1.2.3',
} as unknown as ApiPorts); // no operation is asked for anything

interface Operation {
  summary?: string;
  parameters?: { name: string; in: string; required?: boolean }[];
  responses: Record<string, { description?: string }>;
}

const document = async () => {
  const response = await api.request('http://localhost/api/openapi.json', {
    headers: { host: 'localhost', authorization: 'Bearer a token for this test' },
  });
  expect(response.status).toBe(200);
  return (await response.json()) as {
    openapi: string;
    info: { title: string; version: string };
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, unknown> };
  };
};

/** What no program asks for by contract: pages, figures, the description itself, and what is always refused. */
const NOT_IN_CONTRACT = [
  'GET /signin',
  'GET /oauth/callback',
  'GET /metrics',
  'GET /api/openapi.json',
  'POST /api/tasks',
];

describe('/api/openapi.json', () => {
  test('lists every route that is served, and none that is not', async () => {
    const { paths } = await document();
    const listed = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const served = api.routes
      .filter(({ method, path }) => method !== 'ALL' && !path.includes('*'))
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
      .filter((route) => !NOT_IN_CONTRACT.includes(route));
    expect(listed.length).toBeGreaterThan(20);
    expect(listed.sort()).toEqual([...new Set(served)].sort());
  });

  test('has the structure of OpenAPI 3.1', async () => {
    const { openapi, info, paths, components } = await document();
    expect(openapi).toMatch(/^3\.1\.\d+$/);
    expect(info).toMatchObject({ title: expect.any(String), version: '1.2.3' });
    for (const name of ['Task', 'Session', 'Message', 'Server', 'Problem', 'Assignment', 'Run'])
      expect(components.schemas).toHaveProperty(name);
    for (const [path, operations] of Object.entries(paths)) {
      expect(path).toMatch(/^\//);
      const templated = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
      for (const [method, { summary, parameters = [], responses }] of Object.entries(operations)) {
        expect(['get', 'post', 'patch', 'delete']).toContain(method);
        expect(summary, `${method} ${path}`).toBeTruthy();
        const inPath = parameters.filter((parameter) => parameter.in === 'path');
        expect(inPath.map(({ name }) => name).sort(), `${method} ${path}`).toEqual(templated);
        expect(inPath.every(({ required }) => required)).toBe(true);
        expect(
          Object.keys(responses).some((status) => /^2\d\d$/.test(status)),
          `${method} ${path}`,
        ).toBe(true);
        expect(Object.keys(responses), `${method} ${path}`).toContain('default');
        for (const { description } of Object.values(responses)) expect(description).toBeTruthy();
      }
    }
  });

  test('every reference leads somewhere', async () => {
    const whole = await document();
    const references = [...JSON.stringify(whole).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, to]) => to!);
    expect(references.length).toBeGreaterThan(20);
    for (const reference of references) {
      const found = reference
        .split('/')
        .reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], whole);
      expect(found, reference).toBeDefined();
    }
  });
});
