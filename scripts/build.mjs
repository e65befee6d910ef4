// Builds what is stale, judged by the content of the sources: `npm run build`, and part of `npm start` and `npm test`.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildConfig, CONFIG } from './build-config.mjs';
import { holdLock } from './running.mjs';
import { loadSettings, requirePinnedNode, root } from './runtime.mjs';
import { CommandError, run, step } from './steps.mjs';

const cache = join(root, '.cache');
const bin = (name) => join(root, 'node_modules', '.bin', name);
const SKIPPED = new Set(['node_modules', 'dist', 'dist-next', 'generated']);

/** What both clients use: code of their own, and of the API. */
const SHARED = [
  'locales',
  'packages/client',
  'api/src/kernel/email-address.ts',
  'api/src/kernel/automatic-reasons.ts',
  'api/src/domains/returns/return-limits.ts',
];

/** The default of PLUGINS_DIR in the builds of the clients. */
const PLUGINS = join(cache, 'plugins');
const hasConfig = () => existsSync(join(root, CONFIG));
/** What else the clients are built from where there are plugins. */
const OF_PLUGINS = hasConfig() ? ['.cache/plugins', 'plugins', 'examples'] : [];

const targets = {
  codegen: {
    title: 'Writing typed GraphQL operations',
    sources: [
      ...['codegen.ts', 'scripts/codegen-areas.ts', 'schema.graphql'],
      ...['packages/client/graphql', 'storefront/src', 'admin/src'],
    ],
    only: /\.graphql$|codegen(-areas)?\.ts$/,
    results: ['storefront/src/generated', 'admin/src/generated'],
    build: () => run(bin('graphql-codegen'), ['--config', 'codegen.ts']),
  },
  api: {
    title: 'Building the API',
    sources: ['api/src', 'api/tsconfig.json', 'api/package.json'],
    results: ['api/dist/main.js'],
    build: buildApi,
  },
  config: {
    title: `Building ${CONFIG} and its plugins`,
    sources: [
      CONFIG,
      'tsconfig.plugins.json',
      'plugins',
      'examples',
      'api/tsconfig.json',
      'api/package.json',
    ],
    results: hasConfig() ? ['dist/vitrine.config.js'] : [],
    build: buildConfig,
  },
  plugins: {
    title: 'Reading what the plugins bring to the clients',
    sources: ['.cache/api.built', '.cache/config.built', 'codegen.plugins.ts', 'plugins', 'examples'],
    only: /\.built$|\.graphql$|codegen\.plugins\.ts$/,
    results: ['.cache/plugins/plugins.json'],
    build: () => readPlugins({ buildDir: root, sources: root, folder: PLUGINS }),
  },
  storefront: {
    title: 'Building the storefront',
    sources: ['storefront', 'codegen.ts', 'schema.graphql', ...SHARED, ...OF_PLUGINS],
    results: ['storefront/dist/client', 'storefront/dist/server'],
    build: () => run('npm', ['run', '--silent', 'build', '-w', 'storefront']),
  },
  admin: {
    title: 'Building the admin',
    sources: ['admin', 'codegen.ts', 'schema.graphql', ...SHARED, ...OF_PLUGINS],
    results: ['admin/dist/index.html'],
    build: () => run('npm', ['run', '--silent', 'build', '-w', 'admin']),
  },
};

/**
 * Writes what a build of the clients needs of the plugins of a configuration that was built before: where their parts are,
 * the schema with them, and the types of their operations.
 */
export async function readPlugins({ buildDir, sources, folder }) {
  const env = { ...process.env, BUILD_DIR: buildDir };
  await run(process.execPath, ['api/dist/cli.js', 'clients', folder, sources], { env });
  const parts = JSON.parse(await readFile(join(folder, 'plugins.json'), 'utf8'));
  if (!parts.some(({ admin, storefront }) => admin || storefront)) return;
  const options = ['--config', 'codegen.plugins.ts'];
  await run(bin('graphql-codegen'), options, { env: { ...process.env, PLUGINS_DIR: folder } });
}

/** Swapped in when complete: what runs from the old build keeps whole files until then. */
async function buildApi() {
  const next = join(root, 'api', 'dist-next');
  await rm(next, { recursive: true, force: true });
  // `npm run check` checks the types, of the tests as well; what is written is the same.
  await run(join(root, 'api', 'node_modules', '.bin', 'tsc'), [
    '-p',
    'api/tsconfig.json',
    '--noCheck',
    '--outDir',
    next,
  ]);
  await rm(join(root, 'api', 'dist'), { recursive: true, force: true });
  await rename(next, join(root, 'api', 'dist'));
}

/**
 * Builds the API and the two front ends side by side. The first promise is for those who need only the API: tests of it wait
 * for nothing else, so each side has a lock of its own.
 */
export function buildAll({ clientsToo = true } = {}) {
  const api = alone('api', buildServer);
  const clients = clientsToo ? alone('clients', () => buildClients(api)) : null;
  const all = Promise.allSettled([api, clients]).then((results) => {
    const failed = results.find(({ status }) => status === 'rejected');
    if (failed) throw failed.reason;
  });
  // Whoever waits for `all` hears of it there.
  api.catch(() => undefined);
  return { api, all };
}

async function alone(what, work) {
  const release = await holdLock(join(cache, `building-${what}.json`));
  try {
    await work();
  } finally {
    await release();
  }
}

async function buildServer() {
  await build('api');
  if (hasConfig() || existsSync(join(root, 'dist'))) await build('config');
}

/** For the images, which build one client each: what it needs of the plugins, where there are any. */
async function forClients() {
  if (!hasConfig()) return;
  await buildServer();
  await build('plugins');
}

/** The API and the configuration say which plugins there are; without a configuration nothing waits for them. */
async function buildClients(server) {
  await build('codegen');
  if (hasConfig()) {
    await server;
    await build('plugins');
  } else await rm(PLUGINS, { recursive: true, force: true });
  for (const name of ['storefront', 'admin']) await build(name);
}

async function build(name) {
  const { title, results, build: work } = targets[name];
  const fingerprint = await fingerprintOf(name);
  const record = join(cache, `${name}.built`);
  const known = await readFile(record, 'utf8').catch(() => null);
  if (known === fingerprint && results.every((path) => existsSync(join(root, path)))) return;

  await rm(record, { force: true });
  await step(title, work);
  await writeFile(record, fingerprint);
}

/** Stands for everything that the content of a fresh database depends on. */
export async function fingerprintOfContent({
  SHOP_CURRENCY = '',
  SHOP_LANGUAGE = '',
  NODE_ENV = '',
  BUILD_DIR = '',
}) {
  const files = await fingerprintOfFiles([
    'demo/catalogue',
    'demo/pictures',
    '.cache/api.built',
    '.cache/config.built',
    ...(BUILD_DIR ? [join(relative(root, BUILD_DIR), 'dist')] : []),
  ]);
  return createHash('sha256')
    .update([files, SHOP_CURRENCY, SHOP_LANGUAGE, NODE_ENV, BUILD_DIR].join(' '))
    .digest('hex');
}

async function fingerprintOf(name) {
  const { sources, only } = targets[name];
  return fingerprintOfFiles(sources, only);
}

export async function fingerprintOfFiles(sources, only = /./) {
  const hash = createHash('sha256');
  for (const source of ['package-lock.json', ...sources]) {
    for (const file of await filesOf(join(root, source))) {
      if (!only.test(file) && source !== 'package-lock.json') continue;
      hash
        .update(`${relative(root, file)}\0`)
        .update(await readFile(file))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

async function filesOf(path) {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => null);
  if (!entries) return existsSync(path) ? [path] : [];
  const inside = entries
    .filter(
      ({ name }) => !SKIPPED.has(name) && !/\.test\.ts$|^auto-imports\.d\.ts$|^components\.d\.ts$/.test(name),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return (await Promise.all(inside.map(({ name }) => filesOf(join(path, name))))).flat();
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  requirePinnedNode();
  loadSettings();
  await mkdir(cache, { recursive: true });
  const all =
    process.argv[2] === 'plugins' ? forClients() : buildAll({ clientsToo: process.argv[2] !== 'api' }).all;
  await all.catch((error) => {
    console.error(error instanceof CommandError ? error.message : error);
    process.exitCode = 1;
  });
}
