import { afterAll, beforeAll, describe } from 'vitest';
import { assignmentsContract } from './contract/assignments.contract.ts';
import { changesContract } from './contract/changes.contract.ts';
import { chatSearchContract } from './contract/chat-search.contract.ts';
import { countsContract } from './contract/counts.contract.ts';
import { inboxContract } from './contract/inbox.contract.ts';
import { listContract } from './contract/list.contract.ts';
import { logContract } from './contract/log.contract.ts';
import type { Place } from './contract/place.ts';
import { racesContract } from './contract/races.contract.ts';
import { recordsContract } from './contract/records.contract.ts';
import { runsContract } from './contract/runs.contract.ts';
import { searchContract } from './contract/search.contract.ts';
import { sourcesContract } from './contract/sources.contract.ts';
import { writerContract } from './contract/writer.contract.ts';
import type { LogCaps } from './log-caps.ts';
import type { Store } from './ports.ts';

/** What the suites work with: one open store, and more of the same place where a suite wants them. */
export interface ContractStore {
  store(): Store;
  another(log?: LogCaps): Promise<Store>;
}

/** All that `ports.ts` promises. Each driver runs it; each suite has a place of its own. */
export function storeContract(name: string, newPlace: () => Promise<Place>): void {
  describe(name, () => {
    const suites = {
      writer: writerContract,
      changes: changesContract,
      counts: countsContract,
      lists: listContract,
      search: searchContract,
      'search over chats': chatSearchContract,
      sources: sourcesContract,
      records: recordsContract,
      log: logContract,
      assignments: assignmentsContract,
      runs: runsContract,
      inbox: inboxContract,
      races: racesContract,
    };
    for (const [title, suite] of Object.entries(suites))
      describe(title, () => {
        let place: Place;
        const opened: Store[] = [];
        const another = async (log?: LogCaps) => {
          const store = await place.open(log);
          opened.push(store);
          return store;
        };
        beforeAll(async () => {
          place = await newPlace();
          await another();
        });
        afterAll(async () => {
          await Promise.all(opened.map((store) => store.close()));
          await place.remove();
        });
        suite({ store: () => opened[0]!, another });
      });
  });
}
