import type { DataSource } from 'typeorm';

// An arbitrary number that nothing else locks: two processes that start at once migrate one after the other.
const MIGRATION_LOCK = 7_241_001;

/** Runs all pending migrations and returns their names. */
export async function migrateUp(source: DataSource): Promise<string[]> {
  return withLock(source, async () => (await source.runMigrations()).map((migration) => migration.name));
}

/** Reverts the newest migration. */
export async function migrateDown(source: DataSource): Promise<void> {
  await withLock(source, () => source.undoLastMigration());
}

/** Thrown when the database schema does not match this version of the code. */
export class UnpreparedDatabase extends Error {}

/** @throws UnpreparedDatabase when a migration of this version has not run */
export async function assertPrepared(source: DataSource): Promise<void> {
  const [found] = (await source.query(`SELECT to_regclass('migration') IS NOT NULL AS "hasRun"`)) as {
    hasRun: boolean;
  }[];
  const rows = found?.hasRun
    ? ((await source.query('SELECT name FROM migration')) as { name: string }[])
    : [];
  const done = new Set(rows.map(({ name }) => name));
  const missing = source.migrations.filter(({ name, constructor }) => !done.has(name ?? constructor.name));
  if (missing.length > 0)
    throw new UnpreparedDatabase(
      `The database is not prepared for this version (${missing.length} of its migrations have not run). Run this first: node api/dist/cli.js prepare`,
    );
}

async function withLock<T>(source: DataSource, work: () => Promise<T>): Promise<T> {
  const runner = source.createQueryRunner();
  await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
  try {
    return await work();
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    await runner.release();
  }
}
