import type { EventTrigger } from '../assignment/assignment.ts';
import type { AssignmentDraft } from '../assignment/draft.ts';
import { AppError } from '../base/errors.ts';
import { findPlace, type ListedResource } from './find-place.ts';
import type { DraftReader, Understood } from './slash-timer.ts';
import { readTrigger, resourceEvents, type TypedTrigger } from './slash-trigger.ts';
import { workOf } from './slash-work.ts';

const NAMED = 10;

export interface ResourceLister {
  /** What the server lists now. @throws {AppError} `server_not_found`, `server_off`, `server_unavailable` */
  readonly resources: (server: string) => Promise<readonly ListedResource[]>;
}

/**
 * `task failed TEXT`, `files.created in FOLDER /server.tool …`: a trigger, then what to do.
 * @throws {AppError} `invalid_command` naming what was expected; as `workOf`
 */
export async function understandWhen(
  rest: string,
  sessionId: string,
  reader: DraftReader & ResourceLister,
): Promise<Understood> {
  const { typed, rest: what } = readTrigger(rest);
  const work = workOf(what.replace(/^:\s+/, ''), reader.server);
  const draft: AssignmentDraft = {
    trigger: { type: 'event', ...(await triggerOf(typed, reader)) },
    work,
    sessionId,
  };
  return { draft, preview: await reader.preview(draft) };
}

async function triggerOf(typed: TypedTrigger, { resources }: ResourceLister): Promise<EventTrigger> {
  if (typed.type === 'ready') return typed.trigger;
  const { server, event, place } = typed;
  const listed = await resources(server);
  const [found, another] = findPlace(listed, place);
  if (found === undefined)
    throw unclear(place, `“${server}” reports nothing of “${place}” now. It reports ${named(listed)}.`);
  if (another !== undefined)
    throw unclear(
      place,
      `Several that “${server}” reports fit “${place}”: ${named(findPlace(listed, place))}.`,
    );
  return resourceEvents(server, found.uri, event);
}

const unclear = (place: string, detail: string): AppError =>
  new AppError('invalid_command', detail, {
    fields: [{ field: 'text', expected: `a place that one resource ends with, not ${place}` }],
  });

function named(resources: readonly ListedResource[]): string {
  if (resources.length === 0) return 'nothing at all';
  const more = resources.length > NAMED ? ` and ${resources.length - NAMED} more` : '';
  return `${resources
    .slice(0, NAMED)
    .map(({ name }) => name)
    .join(', ')}${more}`;
}
