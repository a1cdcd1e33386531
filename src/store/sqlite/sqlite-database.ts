import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Database, Script, Statement } from '../database.ts';
import type { Durability } from '../ports.ts';
import { sqliteError } from './sqlite-errors.ts';

/** More than the store has queries; a bound against a leak, not a size to tune. */
const MAX_STATEMENTS = 500;

/** Runs scripts without a promise: the engine lives in our process. Statements stay prepared by their text. */
export function sqliteDatabase(connection: DatabaseSync, file: string): Database {
  const statements = new Map<string, StatementSync>();
  let synchronous: Durability | undefined;

  const execute = ({ sql, values }: Statement): readonly unknown[] => {
    let statement = statements.get(sql);
    if (!statement) {
      statement = connection.prepare(sql);
      if (statements.size >= MAX_STATEMENTS) statements.delete(statements.keys().next().value!);
      statements.set(sql, statement);
    }
    return statement.all(...values);
  };

  const drive = <T>(script: Script<T>): T => {
    let step = script.next();
    while (!step.done) step = script.next(execute(step.value));
    return step.value;
  };

  /** FULL syncs the log at each commit; NORMAL leaves it to the system, which outlives our process. */
  const setDurability = (durability: Durability): void => {
    if (synchronous === durability) return;
    connection.exec(`pragma synchronous = ${durability === 'durable' ? 'full' : 'normal'}`);
    synchronous = durability;
  };

  return {
    read(script) {
      try {
        return drive(script);
      } catch (error) {
        throw sqliteError(error, file);
      }
    },
    write(durability, script) {
      try {
        setDurability(durability);
        execute(BEGIN);
        const result = drive(script);
        execute(COMMIT);
        return result;
      } catch (error) {
        // Some errors, a full disk among them, have rolled back already.
        if (connection.isOpen && connection.isTransaction) connection.exec('rollback');
        throw sqliteError(error, file);
      }
    },
    close() {
      statements.clear();
      if (connection.isOpen) connection.close();
    },
  };
}

const BEGIN: Statement = { sql: 'begin immediate', values: [] };
const COMMIT: Statement = { sql: 'commit', values: [] };
