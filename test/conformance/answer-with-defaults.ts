import { withDefaults } from '../../src/base/elicitation/content.ts';
import type { Task } from '../../src/task/task.ts';
import { eventually } from '../support/eventually.ts';
import type { Api } from '../support/test-host.ts';

/** Follows a task to its end, and answers what it asks with what the server suggests. */
export async function answerUntilItEnds(api: Api, taskId: string): Promise<void> {
  const answered = new Set<string>();
  await eventually(async () => {
    const { body: task } = await api.get<Task>(`/api/tasks/${taskId}`);
    for (const { key, schema } of task.input ?? []) {
      if (answered.has(key)) continue;
      answered.add(key);
      const content = withDefaults(schema, sampleOf(schema));
      const { status, body } = await api.post(`/api/tasks/${taskId}/input`, {
        key,
        action: 'accept',
        content,
      });
      console.error('answered', key, JSON.stringify(content), status, status === 202 ? '' : body);
    }
    if (task.endedAt !== undefined) console.error(task.status, task.failure?.message ?? '');
    return task.endedAt !== undefined;
  }, 20_000);
}

type Field = { readonly type?: string; readonly default?: unknown; readonly enum?: readonly unknown[] };

/** Something fitting for the fields that must be there and for which the server suggests nothing. */
function sampleOf(schema: unknown): Record<string, unknown> {
  const { properties = {}, required = [] } = (schema ?? {}) as {
    properties?: Record<string, Field>;
    required?: readonly string[];
  };
  const bare = required.filter((name) => properties[name]?.default === undefined);
  return Object.fromEntries(bare.map((name) => [name, value(properties[name] ?? {})]));
}

function value({ type, enum: choices }: Field): unknown {
  if (choices !== undefined) return choices[0];
  if (type === 'boolean') return true;
  return type === 'number' || type === 'integer' ? 1 : 'text';
}
