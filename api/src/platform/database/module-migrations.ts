import type { DataSource, EntityManager } from 'typeorm';
import { StartProblem } from '../../kernel/start-problem.js';

/**
 * A change of the database that a module outside the core brings. Modules number theirs on their own: the names of two
 * modules never meet, and the number of the core's newest migration does not matter.
 */
export interface ModuleMigration {
  /** Number and purpose, such as `001-gift-wraps`. It is recorded, so it never changes. */
  readonly name: string;
  /** SQL, one statement or several; all of it runs in one transaction. */
  readonly up: string;
  /** SQL that takes it back. */
  readonly down: string;
}

/** A module as far as its migrations are concerned. */
export interface MigratedModule {
  readonly name: string;
  readonly migrations?: readonly ModuleMigration[];
}

const NAME = /^\d{3}-[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * Made with the first migration of a module: a shop without such modules has no such table, as TypeORM makes its own
 * only when there is something to record.
 */
const CREATE_TABLE = `CREATE TABLE IF NOT EXISTS module_migration (
  module text NOT NULL, name text NOT NULL, ran_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (module, name))`;

/** @throws StartProblem naming the module whose migrations are not numbered in the order of their list */
export function assertNumbered(modules: readonly MigratedModule[]): void {
  for (const { name: module, migrations = [] } of modules)
    for (const [i, { name }] of migrations.entries()) {
      if (!NAME.test(name))
        throw new StartProblem(
          `The migration ${name} of ${module} needs a name such as 001-gift-wraps: three digits and its purpose.`,
        );
      if (i > 0 && name <= (migrations[i - 1]?.name ?? ''))
        throw new StartProblem(`The migration ${name} of ${module} must come after the one before it.`);
    }
}

/** The migrations that have not run, as `module/name`, in the order in which they are to run. */
export async function missingMigrations(
  source: DataSource,
  modules: readonly MigratedModule[],
): Promise<string[]> {
  const done = await migrationsDone(source);
  return modules.flatMap(({ name: module, migrations = [] }) =>
    migrations.map(({ name }) => `${module}/${name}`).filter((id) => !done.includes(id)),
  );
}

/**
 * Runs what has not run yet, each migration in a transaction of its own. Call it after the core's, with the lock of
 * migrations held.
 *
 * @throws StartProblem naming module and migration when one fails: what ran before it stays
 */
export async function runModuleMigrations(
  source: DataSource,
  modules: readonly MigratedModule[],
): Promise<string[]> {
  const missing = await missingMigrations(source, modules);
  for (const { name: module, migrations = [] } of modules)
    for (const migration of migrations)
      if (missing.includes(`${module}/${migration.name}`))
        await apply(source, `${module}/${migration.name}`, async (manager) => {
          await manager.query(migration.up);
          await manager.query(CREATE_TABLE);
          await manager.query('INSERT INTO module_migration (module, name) VALUES ($1, $2)', [
            module,
            migration.name,
          ]);
        });
  return missing;
}

/**
 * Takes the newest migration of one module back, and returns its name.
 *
 * @throws StartProblem when the shop has no such module, or none of its migrations has run
 */
export async function undoModuleMigration(
  source: DataSource,
  modules: readonly MigratedModule[],
  module: string,
): Promise<string> {
  const found = modules.find(({ name, migrations = [] }) => name === module && migrations.length > 0);
  if (!found) throw new StartProblem(`No module ${module} of this shop has migrations of its own.`);
  const done = await migrationsDone(source);
  const newest = found.migrations?.findLast(({ name }) => done.includes(`${module}/${name}`));
  if (!newest) throw new StartProblem(`No migration of ${module} could be taken back.`);
  await apply(source, `${module}/${newest.name}`, async (manager) => {
    await manager.query(newest.down);
    await manager.query('DELETE FROM module_migration WHERE module = $1 AND name = $2', [
      module,
      newest.name,
    ]);
  });
  return `${module}/${newest.name}`;
}

/**
 * A module that the shop has must know every migration that ran for it. Those of modules that it no longer has are
 * left alone, as their tables are.
 *
 * @throws StartProblem naming the module that the database knows in a newer version
 */
export async function assertModulesNotNewer(
  source: DataSource,
  modules: readonly MigratedModule[],
): Promise<void> {
  const done = await migrationsDone(source);
  for (const { name: module, migrations = [] } of modules) {
    const known = migrations.map(({ name }) => `${module}/${name}`);
    const unknown = done.find((id) => id.startsWith(`${module}/`) && !known.includes(id));
    if (unknown && known.length > 0)
      throw new StartProblem(
        `The database was prepared by a newer version of ${module}, which has ${unknown}. Run this with that version, or restore a backup from before it.`,
      );
  }
}

async function apply(
  source: DataSource,
  id: string,
  work: (manager: EntityManager) => Promise<void>,
): Promise<void> {
  try {
    await source.transaction(work);
  } catch (error) {
    throw new StartProblem(
      `The migration ${id} failed, and nothing of it was written: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}

/** As `module/name`. */
async function migrationsDone(source: DataSource): Promise<string[]> {
  const [found] = (await source.query(`SELECT to_regclass('module_migration') IS NOT NULL AS "hasRun"`)) as {
    hasRun: boolean;
  }[];
  if (!found?.hasRun) return [];
  const rows = (await source.query(`SELECT module || '/' || name AS id FROM module_migration`)) as {
    id: string;
  }[];
  return rows.map(({ id }) => id);
}
