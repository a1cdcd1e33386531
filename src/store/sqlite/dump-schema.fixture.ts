import type { DatabaseSync } from 'node:sqlite';

/** For the reviewed dump: every definition that is ours, in a fixed order. */
export function dumpSqliteSchema(connection: DatabaseSync): string {
  const found = connection
    .prepare(
      `select sql from sqlite_schema where sql is not null and name not like 'task\\_search\\_%' escape '\\'
       order by tbl_name, type desc, name`,
    )
    .all() as { sql: string }[];
  return `${found.map(({ sql }) => oneColumnPerLine(sql)).join('\n\n')}\n`;
}

const oneColumnPerLine = (sql: string): string =>
  sql.startsWith('CREATE TABLE')
    ? `${sql
        .slice(0, -1)
        .replace('(', '(\n  ')
        .replaceAll(/, (?=constraint|"\w+" [a-z])/g, ',\n  ')}\n);`
    : `${sql};`;
