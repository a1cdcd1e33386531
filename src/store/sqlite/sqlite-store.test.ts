import { storeContract } from '../store.contract.ts';
import { sqlitePlace } from './sqlite-place.fixture.ts';

storeContract('SQLite', sqlitePlace);
