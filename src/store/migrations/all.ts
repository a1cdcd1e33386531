import { records } from './0001-records.ts';
import { search } from './0002-search.ts';
import { sources } from './0003-sources.ts';
import { assignments } from './0004-assignments.ts';
import { hosts } from './0005-hosts.ts';
import { chatSearch } from './0006-chat-search.ts';
import type { Migration } from './migration.ts';

/** Every migration, in order, without gaps. */
export const MIGRATIONS: readonly Migration[] = [records, search, sources, assignments, hosts, chatSearch];
