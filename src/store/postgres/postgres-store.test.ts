import { describe } from 'vitest';
import { storeContract } from '../store.contract.ts';
import { postgresPlace, SKIP_REASON, TEST_DATABASE_URL } from './postgres-place.fixture.ts';

describe.skipIf(!TEST_DATABASE_URL)(TEST_DATABASE_URL ? 'with a server' : SKIP_REASON, () => {
  storeContract('PostgreSQL', postgresPlace);
});
