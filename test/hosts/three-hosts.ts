import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgresPlace } from '../../src/store/postgres/postgres-place.fixture.ts';
import type { StopPlan } from '../../src/views/api/contract/types.ts';
import { type Asking, asking } from '../assignments/rig.ts';
import { type KilledHost, type KillPoint, killedHost } from '../assignments/start-killed-host.ts';
import { type AtEnd, commandServer, tempFolder, writeConfig } from '../support/test-host.ts';

/** A host in a process of its own, and what is asked of it. */
export interface Fellow {
  readonly folder: string;
  readonly host: KilledHost;
  readonly ask: Asking;
}

/** Three hosts in processes of their own, each with a data folder and a command server, on one PostgreSQL. */
export interface ThreeHosts {
  readonly fellows: readonly [Fellow, Fellow, Fellow];
  /** Where the commands of all of them work. */
  readonly place: string;
  /** The first that comes to this point kills itself. @returns who it was, once it is dead */
  killFirstAt(point: KillPoint, cause: () => Promise<unknown>): Promise<Fellow>;
  /** Starts one that was killed again, in its data folder. */
  restart(dead: Fellow): Promise<Fellow>;
  /** Some other one. */
  besides(fellow: Fellow): Fellow;
  /** The one that works on a task. */
  workingOn(taskId: string): Promise<Fellow>;
  /** A command that leaves a line each time it is run, wherever. */
  counted(after?: string): { readonly command: string; times(): number };
}

export async function threeHosts(atEnd: AtEnd): Promise<ThreeHosts> {
  const database = await postgresPlace();
  atEnd(() => database.remove());
  const place = tempFolder(atEnd);
  const marks = tempFolder(atEnd);
  let made = 0;

  async function start(folder: string): Promise<Fellow> {
    const host = await killedHost(folder, atEnd, { DATABASE_URL: database.url });
    const ask = asking(host.api);
    await ask.ready();
    return { folder, host, ask };
  }

  async function fellow(): Promise<Fellow> {
    const folder = tempFolder(atEnd);
    writeConfig(folder, { command: commandServer(place) });
    return start(folder);
  }

  const fellows: [Fellow, Fellow, Fellow] = [await fellow(), await fellow(), await fellow()];
  return {
    fellows,
    place,
    async killFirstAt(point, cause) {
      const mark = join(marks, `mark-${made++}`);
      await Promise.all(fellows.map(({ host }) => host.arm(point, mark)));
      const dead = Promise.race(fellows.map((each) => each.host.died().then(() => each)));
      await cause();
      const first = await dead;
      await Promise.all(fellows.filter((each) => each !== first).map(({ host }) => host.arm('never')));
      return first;
    },
    async restart(dead) {
      const again = await start(dead.folder);
      fellows[fellows.indexOf(dead)] = again;
      return again;
    },
    besides: (one) => fellows.find((each) => each !== one)!,
    async workingOn(taskId) {
      for (const each of fellows) {
        const { body } = await each.host.api.get<StopPlan>('/api/host/stop');
        if (body.tasks.some(({ id }) => id === taskId)) return each;
      }
      throw new Error(`no host works on ${taskId}`);
    },
    counted(after = 'true') {
      const file = join(place, `lines-${made++}`);
      return {
        command: `echo ran >> ${file}; ${after}`,
        times: () => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').length : 0),
      };
    },
  };
}
