import type pg from 'pg';

const COLUMNS = `
  select table_name, column_name, data_type, is_nullable from information_schema.columns
  where table_schema = current_schema() order by table_name, ordinal_position`;

const CONSTRAINTS = `
  select conrelid::regclass::text as table_name, conname, pg_get_constraintdef(oid) as definition
  from pg_constraint where connamespace = current_schema()::regnamespace order by conname`;

const INDEXES = `
  select tablename as table_name, replace(indexdef, 'public.', '') as definition from pg_indexes
  where schemaname = current_schema() and indexname not in (select conname from pg_constraint)
  order by indexname`;

type Row = Record<string, string>;

/** For the reviewed dump: every table with its columns, constraints and indexes, in a fixed order. */
export async function dumpPostgresSchema(pool: pg.Pool): Promise<string> {
  const [columns, constraints, indexes] = await Promise.all(
    [COLUMNS, CONSTRAINTS, INDEXES].map(async (query) => (await pool.query<Row>(query)).rows),
  );
  const of = (rows: Row[] | undefined, table: string) =>
    (rows ?? []).filter((row) => row.table_name === table);
  const tables = [...new Set(columns!.map(({ table_name }) => table_name!))];
  return tables
    .map((table) => {
      const lines = [
        ...of(columns, table).map(
          ({ column_name, data_type, is_nullable }) =>
            `  ${column_name} ${data_type}${is_nullable === 'NO' ? ' not null' : ''}`,
        ),
        ...of(constraints, table).map(({ conname, definition }) => `  constraint ${conname} ${definition}`),
      ];
      const after = of(indexes, table).map(({ definition }) => `${definition};\n`);
      return `CREATE TABLE ${table} (\n${lines.join(',\n')}\n);\n${after.join('')}`;
    })
    .join('\n');
}
