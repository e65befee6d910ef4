import type { DataSource } from 'typeorm';
import { StartProblem } from '../../kernel/start-problem.js';
import {
  assertModulesNotNewer,
  missingMigrations,
  runModuleMigrations,
  undoModuleMigration,
  type MigratedModule,
} from './module-migrations.js';

// An arbitrary number that nothing else locks: two processes that start at once migrate one after the other.
const MIGRATION_LOCK = 7_241_001;

/**
 * Runs all pending migrations, the core's and then those of the modules in their order, and returns their names.
 *
 * @throws StartProblem when a newer version has prepared the database, or a migration of a module fails
 */
export async function migrateUp(
  source: DataSource,
  modules: readonly MigratedModule[] = [],
): Promise<string[]> {
  return withLock(source, async () => {
    await assertNotNewer(source, modules);
    const core = (await source.runMigrations()).map((migration) => migration.name);
    return [...core, ...(await runModuleMigrations(source, modules))];
  });
}

/**
 * Reverts the newest migration of the core, or of the module that is named.
 *
 * @throws StartProblem when there is none, or a newer version has prepared the database
 */
export async function migrateDown(
  source: DataSource,
  modules: readonly MigratedModule[] = [],
  module: string | null = null,
): Promise<void> {
  await withLock(source, async () => {
    await assertNotNewer(source, modules);
    if (module !== null) return void (await undoModuleMigration(source, modules, module));
    if ((await migrationsDone(source)).length === 0)
      throw new StartProblem('The database has no migration that could be taken back.');
    await source.undoLastMigration();
  });
}

/** @throws StartProblem when a migration of this version has not run */
export async function assertPrepared(
  source: DataSource,
  modules: readonly MigratedModule[] = [],
): Promise<void> {
  const done = new Set(await migrationsDone(source));
  const missing = [
    ...migrationsOf(source).filter((name) => !done.has(name)),
    ...(await missingMigrations(source, modules)),
  ];
  if (missing.length > 0)
    throw new StartProblem(
      `The database is not prepared for this version (${missing.length} of its migrations have not run). Run this first: node api/dist/cli.js prepare`,
    );
}

/**
 * For the command line only. While a new version is being put into service, processes of the old one go on with the
 * database that the new one has prepared.
 *
 * @throws StartProblem when the database has a migration that is newer than all of this version
 */
export async function assertNotNewer(
  source: DataSource,
  modules: readonly MigratedModule[] = [],
): Promise<void> {
  const newest = Math.max(...migrationsOf(source).map(timeOf));
  // An older one that is not known was once of a module, before modules had numbers of their own.
  const unknown = (await migrationsDone(source)).find((name) => timeOf(name) > newest);
  if (unknown)
    throw new StartProblem(
      `The database was prepared by a newer version of the shop, which has ${unknown}. Run this with that version, or restore a backup from before it.`,
    );
  await assertModulesNotNewer(source, modules);
}

function migrationsOf(source: DataSource): string[] {
  return source.migrations.map(({ name, constructor }) => name ?? constructor.name);
}

/** The names of the migrations that have run. */
async function migrationsDone(source: DataSource): Promise<string[]> {
  const [found] = (await source.query(`SELECT to_regclass('migration') IS NOT NULL AS "hasRun"`)) as {
    hasRun: boolean;
  }[];
  if (!found?.hasRun) return [];
  const rows = (await source.query('SELECT name FROM migration')) as { name: string }[];
  return rows.map(({ name }) => name);
}

/** TypeORM wants the names of migrations to end with the time at which they were made, in milliseconds. */
function timeOf(name: string): number {
  return Number(/\d{13}$/.exec(name)?.[0] ?? 0);
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
