// `npm run check`: types, lint, format, direction of imports, dead code, the schema file and whom it breaks. Prints only what fails.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadSettings, requirePinnedNode, root } from './runtime.mjs';
import { run } from './steps.mjs';

const bin = (name) => join(root, 'node_modules', '.bin', name);
// The API's own TypeScript is the native one, several times faster. Lint and the Vue checks need that of the root, which is a library.
const tsc = join(root, 'api', 'node_modules', '.bin', 'tsc');

const checks = [
  // The longest first, so that the others run beside it.
  ['types of the admin', bin('vue-tsc'), ['--noEmit', '-p', 'admin/tsconfig.json']],
  ['types of the storefront', bin('vue-tsc'), ['--noEmit', '-p', 'storefront/tsconfig.json']],
  // A forgotten await loses an error or a write: the rules about it need the types, which the native compiler knows.
  ['lint', bin('oxlint'), ['--type-aware', '--report-unused-disable-directives', '--deny-warnings']],
  ['lint of templates and messages', bin('eslint'), ['.', '--max-warnings', '0']],
  ['types of the API', tsc, ['-p', 'api/tsconfig.check.json', '--noEmit']],
  ['types of what both clients share', tsc, ['-p', 'packages/client/tsconfig.json']],
  ['types of the example plugin', tsc, ['-p', 'examples/plugin-gift-wrap/tsconfig.json', '--noEmit']],
  ['types of the browser tests', tsc, ['-p', 'e2e/tsconfig.json', '--noEmit']],
  // It formats as Prettier does, in two seconds instead of half a minute.
  ['format', bin('oxfmt'), ['--check']],
  [
    'direction of imports',
    bin('depcruise'),
    [
      ...['--config', 'api/.dependency-cruiser.cjs', '--output-type', 'err'],
      ...['api/src', 'packages/testing/src', 'examples'],
    ],
  ],
  ['dead code', bin('knip'), ['--no-progress']],
  [
    'schema.graphql and schema.public.graphql are what the code says',
    process.execPath,
    ['api/dist/cli.js', 'schema', '--check'],
  ],
  ['sizes of files and folders', process.execPath, ['scripts/sizes.mjs']],
  ['the demo catalogue', process.execPath, ['demo/check-catalogue.mjs']],
  ['exact versions, checksums and digests', process.execPath, ['scripts/pinned.mjs']],
  ['the schema breaks no client of the released one', process.execPath, ['scripts/schema-breaks.mjs']],
];

/** Answers the titles of the checks that failed. Wants the API and the generated operations built, those of the examples too. */
export async function runChecks({ wanted = '', atOnce = 2, say = console.log } = {}) {
  const queue = checks.filter(([title]) => title.includes(wanted));
  const failed = [];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [title, command, options] = next;
      const began = performance.now();
      const problem = await run(command, options).then(
        () => null,
        (error) => error.message,
      );
      say(
        `  ${problem ? 'FAILED' : 'ok    '} ${title} (${((performance.now() - began) / 1000).toFixed(1)} s)`,
      );
      if (!problem) continue;
      failed.push(title);
      say(problem.replace(/^/gm, '    '));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return failed;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  requirePinnedNode();
  loadSettings();
  const { buildAll } = await import('./build.mjs');
  const { readExamples } = await import('./build-examples.mjs');
  await buildAll()
    .all.then(readExamples)
    .catch((error) => {
      console.error(error.message);
      process.exit(1);
    });
  process.exitCode = (await runChecks({ wanted: process.argv[2] })).length > 0 ? 1 : 0;
}
