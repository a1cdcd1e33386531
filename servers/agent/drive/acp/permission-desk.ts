import type { RequestPermissionRequest, RequestPermissionResponse } from '@agentclientprotocol/sdk';
import { CannotAsk } from '../../../runtime/work.ts';
import type { Drive, PermissionRecord } from '../drive.ts';
import type { IdleWatch } from '../idle-watch.ts';
import {
  CALLED_OFF,
  describeCall,
  permissionQuestion,
  type Ruling,
  ruling,
  rulingOf,
} from './permissions.ts';

const MAX_RECORDS = 100;

/** Answers the requests of one agent for permission, by the setting or by asking a person, and notes each. */
export class PermissionDesk {
  readonly #drive: Pick<Drive, 'agent' | 'permissions' | 'work' | 'stop'>;
  readonly #idle: IdleWatch;
  readonly #records: PermissionRecord[] = [];
  #asked = 0;

  constructor(drive: Pick<Drive, 'agent' | 'permissions' | 'work' | 'stop'>, idle: IdleWatch) {
    this.#drive = drive;
    this.#idle = idle;
  }

  get records(): readonly PermissionRecord[] {
    return this.#records;
  }

  async answer(request: RequestPermissionRequest): Promise<RequestPermissionResponse> {
    const { permissions, stop } = this.#drive;
    if (stop.aborted) return this.#note(request, CALLED_OFF, 'stop');
    if (permissions !== 'ask') return this.#note(request, ruling(request.options, permissions), 'setting');
    if (!this.#drive.work.canAsk) return this.#note(request, ruling(request.options, 'reject'), 'nobody');
    return this.#idle.during(this.#ask(request));
  }

  async #ask(request: RequestPermissionRequest): Promise<RequestPermissionResponse> {
    const { agent, work, stop } = this.#drive;
    const stopped = Promise.withResolvers<undefined>();
    const onStop = () => stopped.resolve(undefined);
    stop.addEventListener('abort', onStop, { once: true });
    try {
      const asked = work.ask(`permission-${++this.#asked}`, permissionQuestion(agent.name, request));
      const answer = await Promise.race([asked, stopped.promise]);
      if (answer === undefined) return this.#note(request, CALLED_OFF, 'stop');
      return this.#note(request, rulingOf(answer, request.options), 'person');
    } catch (error) {
      if (error instanceof CannotAsk) return this.#note(request, ruling(request.options, 'reject'), 'nobody');
      if (stop.aborted) return this.#note(request, CALLED_OFF, 'stop');
      throw error;
    } finally {
      stop.removeEventListener('abort', onStop);
    }
  }

  #note(request: RequestPermissionRequest, { response, decision }: Ruling, by: PermissionRecord['by']) {
    if (this.#records.length < MAX_RECORDS)
      this.#records.push({ asked: describeCall(request), decision, by });
    return response;
  }
}
