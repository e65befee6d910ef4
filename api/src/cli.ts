import 'reflect-metadata';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { failStart, readSettings } from './app/lifecycle.js';
import { printContract, printPublicContract } from './app/graphql/schema.js';
import { clientParts } from './app/plugins/client-parts.js';
import { configuredPlugins } from './app/plugins/load-config.js';
import { schemaWith } from './app/plugins/shop-schema.js';
import { isShopCommand, runShopCommand } from './app/shop-commands.js';
import { StartProblem } from './kernel/start-problem.js';
import { runningEmbedded } from './platform/database/embedded/running.js';
import { migrationList } from './platform/database/migration-list.js';

const ROOT = join(import.meta.dirname, '../..');
const BUILDS = resolve(process.env['BUILD_DIR'] || ROOT);
const MIGRATIONS = join(ROOT, 'api/src/platform/database/migrations');

const USAGE = `Commands:
  migrate                    bring the database up to date
  migrate:down [--plugin NAME]
                             take the newest migration back, of the shop or of one plugin
  migrate:create NAME        begin a new migration
  seed [--demo]              what a shop starts with, such as countries, taxes and a small tree of categories; with --demo
                             the demo shop, unless this one has begun without it
  prepare [--demo]           migrate and seed in one go
  images                     ask for the sizes that images lack since the list of sizes has grown
  setup                      print a link with which a shop without an owner is set up; earlier ones open nothing then
  owner                      say who owns the shop
  owner EMAIL [--first-name NAME] [--last-name NAME] [--language ro|en|fr]
                             make this account the owner; one that is new, or was a customer's, gets a link to
                             choose a password of at least 12 characters
  owner:second-factor-remove
                             let the owner, who has lost the app and the recovery codes, sign in with the password
                             alone (docs/people.md)
  invoice-series LETTERS     begin another series of invoices, at number 1
  secrets:rotate [--new-key]
                             encrypt the values of integrations with the first key; --new-key makes one first, where
                             the keys are kept in DATA_DIR. May be repeated (docs/integrations.md)
  schema [--check]           print the API's contract to schema.graphql, and what strangers and customers
                             reach of it to schema.public.graphql; or fail when they are out of date
  clients FOLDER [SOURCES]   write to FOLDER what a build of the clients needs of the plugins: plugins.json, and
                             schema.graphql with them; SOURCES holds vitrine.config.ts when it is not the project`;

const [command = '', ...rest] = process.argv.slice(2);

if (isShopCommand(command)) {
  await useRunningDatabase();
  const { env, logger } = readSettings();
  try {
    await runShopCommand({ command, words: rest, print: console.log }, env, logger);
  } catch (error) {
    failStart(error, env);
  }
} else if (command === 'migrate:create') await createMigration(rest[0]);
else if (command === 'schema') await writeSchema(rest.includes('--check')).catch(sayWhy);
else if (command === 'clients' && rest[0]) await writeForClients(rest[0], rest[1]).catch(sayWhy);
else {
  console.error(USAGE);
  process.exitCode = 2;
}

function sayWhy(error: unknown): void {
  if (!(error instanceof StartProblem)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/** Where nothing names a database, that of the `npm start` that runs in this folder. In production one is named. */
async function useRunningDatabase(): Promise<void> {
  const { DATABASE_URL, DATA_DIR, NODE_ENV } = process.env;
  if (DATABASE_URL || NODE_ENV === 'production') return;
  const url = await runningEmbedded(join(DATA_DIR || '.data', 'postgres'), 'vitrine');
  if (url) process.env['DATABASE_URL'] = url;
}

/** The contract needs no database: resolvers are never called. */
async function writeSchema(check: boolean): Promise<void> {
  const schema = schemaWith(await configuredPlugins(BUILDS));
  const files = [
    ['schema.graphql', printContract(schema)],
    ['schema.public.graphql', printPublicContract(schema)],
  ] as const;
  for (const [name, printed] of files) {
    const file = join(ROOT, name);
    if (!check) await writeFile(file, printed);
    else if ((await readFile(file, 'utf8').catch(() => '')) !== printed) {
      console.error(`${name} does not match the code. Run \`npm run schema\` and review the difference.`);
      process.exitCode = 1;
    }
  }
}

async function writeForClients(folder: string, sources = ROOT): Promise<void> {
  const plugins = await configuredPlugins(BUILDS);
  const parts = clientParts(plugins, { built: BUILDS, sources: resolve(sources) });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'plugins.json'), JSON.stringify(parts, null, 2));
  await writeFile(join(folder, 'schema.graphql'), printContract(schemaWith(plugins)));
}

async function createMigration(name: string | undefined): Promise<void> {
  if (!name || !/^[a-z][a-z0-9-]*$/.test(name)) {
    console.error('Give the migration a name in lower case with hyphens: migrate:create add-gift-cards');
    process.exitCode = 2;
    return;
  }
  const stamp = Date.now();
  const className = `${name.replace(/(^|-)(\w)/g, (_all, _dash, letter: string) => letter.toUpperCase())}${stamp}`;
  await mkdir(MIGRATIONS, { recursive: true });
  const file = join(MIGRATIONS, `${stamp}-${name}.ts`);
  await writeFile(
    file,
    `import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ${className} implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ \`\`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ \`\`);
  }
}
`,
  );
  await writeFile(join(MIGRATIONS, 'index.ts'), await migrationList(MIGRATIONS));
  console.log(`Made ${file}, and listed it in migrations/index.ts.`);
}
