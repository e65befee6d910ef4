import { parseArgs, type ParseArgsConfig } from 'node:util';
import { readEmailAddress } from '../kernel/email-address.js';
import { DomainError, DomainErrors } from '../kernel/errors.js';
import { languagesGroup } from '../domains/store/index.js';
import { isLanguage } from '../kernel/languages.js';
import type { Logger } from '../kernel/logger.js';
import { StartProblem } from '../kernel/start-problem.js';
import { recordedLike } from '../platform/audit/recording.js';
import { assertNotNewer, assertPrepared, migrateDown, migrateUp } from '../platform/database/migrate.js';
import { createShop, type Shop } from './create-shop.js';
import { configuredPlugins } from './plugins/load-config.js';
import { seed } from './seed.js';
import { openDataFolder } from './settings/data-folder.js';
import type { Env } from './settings/env.js';

type Print = (line: string) => void;

interface ShopCommand {
  /** Whether it needs the database as this version wants it; the others make it so. */
  readonly needsPrepared: boolean;
  /** Under which operation the audit log has what it writes; without one it writes what no member of staff could. */
  readonly operation?: string;
  /** @throws StartProblem for words that the command does not know, before anything is done */
  readonly run: (shop: Shop, words: string[], print: Print) => Promise<void>;
}

/** The commands that need the shop's database. */
const COMMANDS = {
  migrate: {
    needsPrepared: false,
    run: async ({ database, modules }, words, print) => {
      optionsOf({ args: words });
      report(await migrateUp(database.source, modules), print);
    },
  },
  'migrate:down': {
    needsPrepared: false,
    run: async ({ database, modules }, words) => {
      const { plugin = null } = optionsOf({ args: words, options: { plugin: { type: 'string' } } }).values;
      await migrateDown(database.source, modules, plugin);
    },
  },
  prepare: {
    needsPrepared: false,
    run: async (shop, words, print) => {
      const options = seedOptions(shop, words);
      report(await migrateUp(shop.database.source, shop.modules), print);
      await seed(shop, { ...options, print });
    },
  },
  seed: {
    needsPrepared: true,
    run: (shop, words, print) => seed(shop, { ...seedOptions(shop, words), print }),
  },
  images: {
    needsPrepared: true,
    run: async ({ media }, words, print) => {
      optionsOf({ args: words });
      print(`Workers make sizes of ${await media.making.remake()} images.`);
    },
  },
  setup: { needsPrepared: true, operation: 'setupLink', run: printSetupLink },
  owner: { needsPrepared: true, operation: 'ownerAppoint', run: nameOwner },
  'owner:second-factor-remove': {
    needsPrepared: true,
    operation: 'ownerSecondFactorRemove',
    run: removeOwnersFactor,
  },
  'invoice-series': { needsPrepared: true, operation: 'invoiceSeriesBegin', run: beginSeries },
  'secrets:rotate': { needsPrepared: true, operation: 'secretsRotate', run: rotateSecrets },
} as const satisfies Readonly<Record<string, ShopCommand>>;

/** Their names. */
export const SHOP_COMMANDS = Object.keys(COMMANDS) as (keyof typeof COMMANDS)[];

export function isShopCommand(name: string): name is keyof typeof COMMANDS {
  return Object.hasOwn(COMMANDS, name);
}

/**
 * Carries out one command.
 *
 * @throws StartProblem when the database is not the one of this version, or the words are not the command's
 */
export async function runShopCommand(
  { command, words, print }: { command: keyof typeof COMMANDS; words: string[]; print: Print },
  env: Env,
  logger: Logger,
): Promise<void> {
  const { needsPrepared, operation, run }: ShopCommand = COMMANDS[command];
  const shop = await createShop(env, logger, { modules: await configuredPlugins(env.buildDir) });
  try {
    if (needsPrepared) {
      await assertNotNewer(shop.database.source, shop.modules);
      await assertPrepared(shop.database.source, shop.modules);
    }
    const scope =
      operation && ({ actorKind: 'SYSTEM', actorId: null, operation, requestId: 'command' } as const);
    await recordedLike(scope || null, () => run(shop, words, print));
  } finally {
    await shop.close();
  }
}

function report(migrations: readonly string[], print: Print): void {
  if (migrations.length > 0) print(`Migrated: ${migrations.join(', ')}`);
}

/** The demo shop has images, which need the data folder. */
function seedOptions({ env }: Shop, words: string[]): { readonly demo: boolean } {
  const { demo } = optionsOf({ args: words, options: { demo: { type: 'boolean', default: false } } }).values;
  if (demo && !env.isProduction) openDataFolder(env.dataDir);
  return { demo };
}

/** For a restored backup: its series gave numbers out already that it does not know of. */
async function beginSeries({ invoicing }: Shop, words: string[], print: Print): Promise<void> {
  const { positionals } = optionsOf({ args: words, allowPositionals: true });
  const [series] = positionals;
  if (!series || positionals.length > 1)
    throw new StartProblem('Give the letters of a new series: node api/dist/cli.js invoice-series NEW');
  try {
    await invoicing.beginSeries(series);
  } catch (error) {
    if (error instanceof DomainError || error instanceof DomainErrors) throw new StartProblem(error.message);
    throw error;
  }
  print(`The next invoice is number 1 of the series ${series}.`);
}

/** May be repeated, also after it was killed: what is encrypted with the first key stays as it is. */
async function rotateSecrets({ store, env }: Shop, words: string[], print: Print): Promise<void> {
  const { values } = optionsOf({ args: words, options: { 'new-key': { type: 'boolean', default: false } } });
  const makesKey = values['new-key'];
  if (makesKey && env.secretsKeys.length > 0)
    throw new StartProblem(
      'The keys stand in SECRETS_KEY: write a new one there before the others, restart every process, and repeat this without --new-key.',
    );
  const { keyId, renewed, current, unreadable } = await store.rotateSecrets({ makesKey });
  print(`${renewed} values were encrypted anew with the key ${keyId}, ${current} were before.`);
  if (unreadable.length > 0)
    throw new StartProblem(
      `${unreadable.map(({ integration, name }) => `${integration} ${name}`).join(', ')} cannot be read, for the key is lost. Put it back and repeat this, or write the values again in the admin.`,
    );
  print('No value needs another key any more. Backups of before still need theirs: keep it with them.');
}

/** The link alone, for who starts the shop. */
async function printSetupLink({ setup }: Shop, words: string[], print: Print): Promise<void> {
  optionsOf({ args: words });
  print((await setup.newLink()) ?? 'The shop has an owner, who signs in to the admin.');
}

/** Without an address: says who it is. The link goes to the terminal only: whoever runs this holds the database anyway. */
async function nameOwner({ identity, store }: Shop, words: string[], print: Print): Promise<void> {
  const { defaultLanguage } = await store.settings.get(languagesGroup);
  const { values, positionals } = optionsOf({
    args: words,
    allowPositionals: true,
    options: {
      'first-name': { type: 'string', default: 'Owner' },
      'last-name': { type: 'string', default: '' },
      language: { type: 'string', default: defaultLanguage },
    },
  });
  const [given] = positionals;
  if (!given) {
    const owner = await identity.owners.current();
    print(owner ? `${owner.email} owns the shop.` : 'The shop has no owner yet: npm run owner -- EMAIL');
    return;
  }
  const { language } = values;
  const email = readEmailAddress(given);
  if (email === null || !isLanguage(language))
    throw new StartProblem('Give an e-mail address, and a language out of ro, en, fr.');
  const { owner, before, passwordLink } = await identity.owners.appoint({
    email,
    firstName: values['first-name'],
    lastName: values['last-name'],
    language,
  });
  if (before) print(`${before.email} is an administrator now.`);
  print(`${owner.email} owns the shop.`);
  if (passwordLink)
    print(
      `Choose a password of at least 12 characters within the hour, until then nobody signs in: ${passwordLink}`,
    );
}

/** For an owner who has lost the app and the recovery codes: whoever runs this holds the database anyway. */
async function removeOwnersFactor({ identity }: Shop, words: string[], print: Print): Promise<void> {
  optionsOf({ args: words });
  const owner = await identity.owners.removeFactor();
  print(
    owner
      ? `${owner.email} signs in with the password alone now, and was signed out everywhere.`
      : 'The owner of the shop has no second factor: nothing was changed.',
  );
}

/** @throws StartProblem for words that the command does not know */
function optionsOf<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    const [sentence] = (error as Error).message.split('. ');
    throw new StartProblem(`${sentence}. Without a command, all of them are listed with their options.`);
  }
}
