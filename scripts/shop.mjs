// The processes of a whole shop, from the built output: used by `npm start` and by the browser tests.
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { fingerprintOfContent } from './build.mjs';
import { root } from './runtime.mjs';
import { run, step } from './steps.mjs';

const FOLLOW_PARENT = new URL('./follow-parent.mjs', import.meta.url).href;
const API = 'api/dist/main.js';
// Plugins then import the sources of the API too, and not its build beside them.
const FROM_SOURCE = [
  ...['--watch', '--conditions', 'vitrine-source'],
  ...['--import', '@oxc-node/core/register', 'api/src/main.ts'],
];
const CLI = 'api/dist/cli.js';
const STOREFRONT = 'storefront/dist/server/main.js';
const READY_LIMIT_MS = 60_000;
// Longer than the API and the storefront take to answer what was begun.
const STOP_LIMIT_MS = 20_000;

/**
 * Processes of a shop that is not running yet. Stops in the reverse order: storefront, API with its worker, PostgreSQL.
 *
 * @param begin which shop a database with nothing in it becomes, `demo` or `empty`; told what is in the database
 */
export function createShop({ env, dataFolder, keep = 'durable', watch = false, begin = async () => 'demo' }) {
  /** In the order in which they were started. @type {{ name: string, child: import('node:child_process').ChildProcess, ended: Promise<void> }[]} */
  const children = [];
  const apiUrl = `http://127.0.0.1:${env.API_PORT || 4000}`;
  const storefront = join(resolve(env.BUILD_DIR || root), STOREFRONT);
  const storefrontUrl = `http://127.0.0.1:${env.STOREFRONT_PORT || 3000}`;
  let postgres = null;
  let leaving = false;
  let isDemo = true;
  let setupLink = null;

  function launch(name, options, extra = {}) {
    if (leaving) throw new Error('The shop is being stopped.');
    const child = spawn(process.execPath, ['--import', FOLLOW_PARENT, ...options], {
      cwd: root,
      env: { ...env, ...extra, NODE_COMPILE_CACHE: join(root, '.cache/compiled') },
      // A group of its own, so that the terminal's Ctrl-C reaches the launcher only; the channel tells it when we die.
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const ended = new Promise((resolve) => child.once('close', resolve).once('error', resolve));
    children.push({ name, child, ended });
  }

  async function database(onStarted) {
    if (env.DATABASE_URL) return env.DATABASE_URL;
    const { startEmbedded } = await importFromApi('platform/database/embedded/server.js');
    const wanted = join(dataFolder, 'postgres');
    postgres = await startEmbedded({ directory: wanted, keep });
    if (leaving) await postgres.stop();
    if (postgres.directory !== wanted)
      console.log(
        `  PostgreSQL keeps its data in ${postgres.directory}: its account cannot enter ${dataFolder}`,
      );
    await postgres.ensureDatabase('vitrine');
    await onStarted();
    return postgres.url('vitrine');
  }

  async function up({ build, onChildren = async () => undefined } = {}) {
    const record = () => onChildren(children.map(({ child }) => child.pid).filter(Boolean));
    const databaseUrl = await quietly(env.DATABASE_URL ? null : 'Starting PostgreSQL', () =>
      database(record),
    );
    const shared = { DATABASE_URL: databaseUrl, DATA_DIR: dataFolder, LOG_LEVEL: env.LOG_LEVEL || 'warn' };
    await prepare(shared);
    setupLink = await newSetupLink(shared);
    // The API looks for the files of the admin once, when it starts.
    await build?.all;
    launch('API', watch ? FROM_SOURCE : [API], {
      ...shared,
      OXC_TSCONFIG_PATH: join(root, 'api/tsconfig.json'),
    });
    launch('storefront', ['--enable-source-maps', ...(watch ? ['--watch'] : []), storefront], {
      ...shared,
      API_URL: apiUrl,
    });
    if (watch) launchBuilders();
    await record();
    const addresses = [`${apiUrl}/ready`, `${storefrontUrl}/health`, ...(watch ? [] : [`${apiUrl}/admin/`])];
    await step('Waiting for the API and the storefront', () =>
      Promise.race([Promise.all(addresses.map(answers)), oneEnded()]),
    );
  }

  /** Migrates and fills the database in the data folder and starts nothing: the folder can then be copied. */
  async function fill() {
    const databaseUrl = await database(async () => undefined);
    await prepare({ DATABASE_URL: databaseUrl, DATA_DIR: dataFolder, LOG_LEVEL: env.LOG_LEVEL || 'warn' });
    await postgres?.stop();
  }

  /** Migrates and fills; a database of our own that this build has prepared before is taken as it is. */
  async function prepare(shared) {
    const { isPrepared, kindOf, recordPrepared } = await importFromApi('platform/database/prepared.js');
    isDemo = (await begin(await kindOf(shared.DATABASE_URL))) === 'demo';
    const words = ['prepare', ...(isDemo ? ['--demo'] : [])];
    const cli = () => run(process.execPath, [CLI, ...words], { env: { ...env, ...shared } });
    if (!postgres) return step('Preparing the database', cli);
    const fingerprint = await fingerprintOfContent(env);
    if (await isPrepared(shared.DATABASE_URL, fingerprint)) return;
    await step('Preparing the database', cli);
    await recordPrepared(shared.DATABASE_URL, fingerprint);
  }

  /** The link with which a shop that nobody owns is set up, new at each start; null for any other. */
  async function newSetupLink(shared) {
    const { awaitsOwner } = await importFromApi('platform/database/prepared.js');
    if (!(await awaitsOwner(shared.DATABASE_URL))) return null;
    const said = await run(process.execPath, [CLI, 'setup'], { env: { ...env, ...shared } });
    return said.split('\n').find((line) => line.startsWith('http')) ?? null;
  }

  /** Rebuild the clients as their sources change; the admin has a server of its own, which proxies to the API. */
  function launchBuilders() {
    const vite = join(root, 'node_modules/vite/bin/vite.js');
    launch('browser build of the storefront', [vite, 'build', 'storefront', '--watch']);
    launch('server build of the storefront', [vite, 'build', 'storefront', '--watch', '--ssr']);
    launch('admin', [vite, 'admin'], { API_URL: apiUrl });
  }

  async function oneEnded() {
    const name = await someEnded();
    if (!leaving) throw new Error(`The ${name} ended during the start; its last words are above.`);
  }

  /** The name of the first process that ends. */
  function someEnded() {
    const named = children.map(({ name, ended }) => ended.then(() => name));
    return Promise.race([...named, ...(postgres ? [postgres.ended.then(() => 'PostgreSQL')] : [])]);
  }

  async function down() {
    leaving = true;
    for (const { child, ended } of children.toReversed()) {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
      await ended;
      clearTimeout(late);
    }
    await postgres?.stop();
  }

  function kill() {
    leaving = true;
    for (const { child } of children) child.kill('SIGKILL');
    postgres?.abort();
  }

  return { up, fill, down, kill, someEnded, isDemo: () => isDemo, setupLink: () => setupLink };
}

const quietly = (title, work) => (title ? step(title, work) : work());

const importFromApi = (file) => import(pathToFileURL(join(root, 'api/dist', file)).href);

async function answers(url) {
  for (const began = Date.now(); Date.now() - began < READY_LIMIT_MS; await sleep(30)) {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
    if (response?.ok) return;
  }
  throw new Error(`${url} did not answer within ${READY_LIMIT_MS / 1000} s.`);
}
