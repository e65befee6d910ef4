import 'reflect-metadata';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createShop } from './app/create-shop.js';
import { failStart, readSettings } from './app/lifecycle.js';
import { createSchema, printContract, printPublicContract } from './app/graphql/schema.js';
import { seed } from './app/seed.js';
import type { Shop } from './app/create-shop.js';
import { readEmailAddress } from './kernel/email-address.js';
import { isLanguage } from './kernel/languages.js';
import { migrateDown, migrateUp } from './platform/database/migrate.js';

const ROOT = join(import.meta.dirname, '../..');
const MIGRATIONS = join(ROOT, 'api/src/platform/database/migrations');

const USAGE = `Commands:
  migrate                    bring the database up to date
  migrate:down               take the newest migration back
  migrate:create NAME        begin a new migration
  seed [--demo]              what a shop starts with, such as regions and taxes; with --demo also the demo shop
  prepare [--demo]           migrate and seed in one go
  images                     ask for the sizes that images lack since the list of sizes has grown
  owner                      say who owns the shop
  owner EMAIL [--first-name NAME] [--last-name NAME] [--language ro|en|fr]
                             make this account the owner; one that is new, or was a customer's, gets a link to
                             choose a password of at least 12 characters
  schema [--check]           print the API's contract to schema.graphql, and what strangers and customers
                             reach of it to schema.public.graphql; or fail when they are out of date`;

const [command = '', ...rest] = process.argv.slice(2);

switch (command) {
  case 'migrate':
    await withShop(async (shop) => report(await migrateUp(shop.database.source)));
    break;
  case 'migrate:down':
    await withShop((shop) => migrateDown(shop.database.source));
    break;
  case 'migrate:create':
    await createMigration(rest[0]);
    break;
  case 'seed':
    await withShop((shop) => seed(shop, { demo: rest.includes('--demo'), print }));
    break;
  case 'prepare':
    await withShop(async (shop) => {
      report(await migrateUp(shop.database.source));
      await seed(shop, { demo: rest.includes('--demo'), print });
    });
    break;
  case 'images':
    await withShop(async ({ catalog }) => {
      console.log(`Workers make sizes of ${await catalog.images.remake()} images.`);
    });
    break;
  case 'owner':
    await withShop((shop) => nameOwner(shop, rest));
    break;
  case 'schema':
    await writeSchema(rest.includes('--check'));
    break;
  default:
    console.error(USAGE);
    process.exitCode = 2;
}

async function withShop(work: (shop: Shop) => Promise<void>): Promise<void> {
  const { env, logger } = readSettings();
  try {
    const shop = await createShop(env, logger);
    await work(shop);
    await shop.close();
  } catch (error) {
    failStart(error, env);
  }
}

function print(line: string): void {
  console.log(line);
}

function report(migrations: readonly string[]): void {
  if (migrations.length > 0) console.log(`Migrated: ${migrations.join(', ')}`);
}

/** Without an address: says who it is. The link goes to the terminal only: whoever runs this holds the database anyway. */
async function nameOwner({ identity, env }: Shop, words: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: {
      'first-name': { type: 'string', default: 'Owner' },
      'last-name': { type: 'string', default: '' },
      language: { type: 'string', default: env.shop.language },
    },
  });
  const [given] = positionals;
  if (!given) {
    const owner = await identity.owners.current();
    console.log(
      owner ? `${owner.email} owns the shop.` : 'The shop has no owner yet: npm run owner -- EMAIL',
    );
    return;
  }
  const { language } = values;
  const email = readEmailAddress(given);
  if (email === null || !isLanguage(language)) {
    console.error('Give an e-mail address, and a language out of ro, en, fr.');
    process.exitCode = 2;
    return;
  }
  const { owner, before, passwordLink } = await identity.owners.appoint({
    email,
    firstName: values['first-name'],
    lastName: values['last-name'],
    language,
  });
  if (before) console.log(`${before.email} is an administrator now.`);
  console.log(`${owner.email} owns the shop.`);
  if (passwordLink)
    console.log(
      `Choose a password of at least 12 characters within the hour, until then nobody signs in: ${passwordLink}`,
    );
}

/** The contract needs no database: resolvers are never called. */
async function writeSchema(check: boolean): Promise<void> {
  const schema = createSchema();
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
  console.log(`Made ${file}. Add ${className} to migrations/index.ts.`);
}
