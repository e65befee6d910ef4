// Builds the shop with all examples (examples/vitrine.config.ts) to .cache/examples, laid out as a project is: for the checks, which
// read the types of their operations, and for the journey through it in the browser.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fingerprintOfFiles, readPlugins } from './build.mjs';
import { buildConfig } from './build-config.mjs';
import { root } from './runtime.mjs';
import { run, step } from './steps.mjs';

const sources = fileURLToPath(new URL('../examples', import.meta.url));
/** BUILD_DIR of the shop with the examples. */
export const EXAMPLES = join(root, '.cache/examples');
const PARTS = join(EXAMPLES, 'parts');

/** The configuration, the schema with the plugins, and their typed operations. Needs the API built. */
export const readExamples = () =>
  unlessDone('parts', ['.cache/api.built', 'examples', 'codegen.plugins.ts'], [], () =>
    step('Building the example plugins', async () => {
      const outDir = join(EXAMPLES, 'dist');
      await buildConfig({ sources, tsconfig: 'examples/tsconfig.json', outDir });
      await readPlugins({ buildDir: EXAMPLES, sources, folder: PARTS });
    }),
  );

/** Both clients with the parts of the plugins. Not compressed and not minified: only the tests look at them. */
export const buildExampleClients = () =>
  unlessDone(
    'clients',
    ['.cache/examples-parts.built', '.cache/storefront.built', '.cache/admin.built', 'examples'],
    ['storefront/dist/server/main.js', 'admin/dist/index.html'],
    () => step('Building the clients with the example plugins', buildClients),
  );

async function buildClients() {
  const env = { ...process.env, PLUGINS_DIR: PARTS };
  const vite = (client, ...more) =>
    run(
      process.execPath,
      [join(root, 'node_modules/vite/bin/vite.js'), 'build', client, '--minify', 'false', ...more],
      { env },
    );
  await vite('storefront', '--outDir', join(EXAMPLES, 'storefront/dist/client'));
  await vite('storefront', '--outDir', join(EXAMPLES, 'storefront/dist/server'), '--ssr');
  await vite('admin', '--outDir', join(EXAMPLES, 'admin/dist'));
}

async function unlessDone(name, from, results, build) {
  const record = join(root, '.cache', `examples-${name}.built`);
  const fingerprint = createHash('sha256')
    .update(await fingerprintOfFiles(from))
    .digest('hex');
  const known = await readFile(record, 'utf8').catch(() => null);
  if (known === fingerprint && results.every((path) => existsSync(join(EXAMPLES, path)))) return;
  await mkdir(EXAMPLES, { recursive: true });
  await build();
  await writeFile(record, fingerprint);
}
