// `npm start`, and `npm run dev` with --watch: builds what is stale, brings up PostgreSQL unless DATABASE_URL names one, then API, worker and storefront.
import { join, resolve } from 'node:path';
import { askBeginning, beginningOf, wantedBeginning } from './beginning.mjs';
import { ancestorsUpToNpm, claimDataFolder, isAlive, requireFreePort } from './running.mjs';
import { loadSettings, requirePinnedNode, root } from './runtime.mjs';

requirePinnedNode();
const { createShop } = await import('./shop.mjs');
const { CommandError, stopCommands } = await import('./steps.mjs');

const SECOND_PRESS_MS = 1_000;
const began = performance.now();
loadSettings();
const dataFolder = resolve(process.env.DATA_DIR || '.data');
let shop;
let claim;
let stopping;

process.on('SIGINT', stopOrKill).on('SIGTERM', stopOrKill).on('SIGHUP', stopOrKill);
watchNpm();

try {
  const wanted = wantedBeginning(process.argv);
  const isProduction = process.env.NODE_ENV === 'production';
  shop = createShop({
    ...{ env: process.env, dataFolder, watch: process.argv.includes('--watch') },
    begin: (kind) => beginningOf({ wanted, kind, isProduction, ask: askBeginning }),
  });
  claim = await claimDataFolder(join(dataFolder, 'running.json'), process.env.DATA_DIR || '.data');
  await refuseTakenPorts(process.env);
  console.log('Starting Vitrine');
  const { build, settings } = await buildAndReadSettings();
  await refuseTakenPorts(process.env, settings);
  await shop.up({ build, onChildren: claim.record });
  announce(settings);
  const ended = await shop.someEnded();
  if (!stopping) throw new Error(`The ${ended} ended by itself; its last words are above.`);
} catch (error) {
  if (!stopping) {
    console.error(`\n${error instanceof CommandError || isPlain(error) ? error.message : error.stack}`);
    process.exitCode = 1;
    await stop();
  }
}

async function buildAndReadSettings() {
  const { buildAll } = await import('./build.mjs');
  const build = buildAll();
  await build.api;
  const { readEnv } = await import(join(root, 'api/dist/app/settings/env.js'));
  // The address of the built-in database is known when it runs.
  return {
    build,
    settings: readEnv({
      ...process.env,
      DATABASE_URL: process.env.DATABASE_URL || 'postgres://built-in/vitrine',
    }),
  };
}

/** Looks before anything is built, and again when the settings are read: wrong numbers are the settings' business. */
async function refuseTakenPorts(env, settings) {
  const usual = env.NODE_ENV === 'production' ? '0.0.0.0' : '127.0.0.1';
  const host = settings?.http.host ?? (env.API_HOST || usual);
  const ports = [
    { port: Number(env.API_PORT || 4000), variable: 'API_PORT', use: 'API', host },
    {
      port: Number(env.STOREFRONT_PORT || 3000),
      variable: 'STOREFRONT_PORT',
      use: 'storefront',
      host: env.STOREFRONT_HOST || usual,
    },
  ];
  for (const entry of ports) if (entry.port >= 1 && entry.port <= 65_535) await requireFreePort(entry);
}

function announce({ http, storefrontUrl, isProduction, mail }) {
  const api = http.publicUrl;
  const lines = [
    ['Shop', storefrontUrl],
    ['Admin', `${api}/admin/`],
    ['GraphQL', `${api}/graphql`],
    ...(http.graphiql ? [['GraphiQL', `${api}/graphiql`]] : []),
    ...(mail.provider === 'inbox' && !isProduction ? [['Mail', `${api}/dev/inbox`]] : []),
  ];
  console.log(`\nVitrine is open (${((performance.now() - began) / 1000).toFixed(1)} s)\n`);
  for (const [name, url] of lines) console.log(`  ${name.padEnd(9)} ${url}`);
  if (shop.setupLink()) {
    console.log('\n  Set up your shop with this link; it can be used for 24 hours:');
    console.log(`  ${shop.setupLink()}`);
  }
  if (!isProduction && shop.isDemo()) {
    console.log('\n  Demo accounts');
    console.log('  staff     admin@example.com / Admin@123');
    console.log('  customer  alice@example.com / Alice@123');
    console.log('  customer  bob@example.com / Bob@123');
  }
  console.log('\n  Ctrl-C stops everything.\n');
}

function stopOrKill() {
  if (!stopping) {
    console.log('\nStopping ...');
    void stop();
  } else if (performance.now() - stopping.since > SECOND_PRESS_MS) {
    // npm hands a terminal's Ctrl-C on, so that one press arrives twice at once; this is a real second one.
    shop?.kill();
    claim?.release();
    process.exit(130);
  }
}

async function stop() {
  stopping = { since: performance.now() };
  stopCommands();
  await shop?.down();
  claim?.release();
  console.log('Stopped.');
  process.exit();
}

/** `kill -9` of npm reaches neither its shell nor us. */
function watchNpm() {
  const above = ancestorsUpToNpm();
  const watch = setInterval(() => {
    if (!above.every(isAlive) && !stopping) stopOrKill();
  }, 1_000);
  watch.unref();
}

function isPlain(error) {
  return error.name === 'EnvError' || error.constructor.name === 'EnvError' || error.constructor === Error;
}
