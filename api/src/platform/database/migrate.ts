import type { DataSource } from 'typeorm';

// Any number that nothing else locks: two processes that start at once migrate one after the other.
const MIGRATION_LOCK = 7_241_001;

/** Brings the schema up to date and answers the names of what ran. */
export async function migrateUp(source: DataSource): Promise<string[]> {
  return withLock(source, async () => (await source.runMigrations()).map((migration) => migration.name));
}

/** Takes the newest migration back. */
export async function migrateDown(source: DataSource): Promise<void> {
  await withLock(source, () => source.undoLastMigration());
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
