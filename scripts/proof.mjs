// `npm run proof`: the large runs of what must never go wrong, one after the other. CI runs the same tests small.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildAll } from './build.mjs';
import { requirePinnedNode, root } from './runtime.mjs';

requirePinnedNode();

const proofs = [
  'concurrent-checkouts',
  'idempotency-keys',
  'random-order-steps',
  'nasty-values',
  'database-restart',
  'chaos',
  'price-cart',
  'refund-plan',
  'refund-value-of-a-line',
  'edit-plan',
  'long-jobs',
  'imports-are-applied-once',
  'bulk-actions-are-done-once',
  'settings-of-two-processes',
];
/** Journeys in the browser that are repeated at every size and in every language. */
const journeys = [
  'admin-at-every-width',
  'every-page',
  'receive-stock-by-list',
  'journeys/long-jobs',
  'page-compression-and-fonts',
];

const given = process.argv.slice(2);
// Options of vitest come after the names.
const names = given.slice(
  0,
  [...given, '-'].findIndex((word) => word.startsWith('-')),
);
const options = given.slice(names.length);

const suites = [
  { folder: 'api', all: proofs },
  { folder: 'e2e', all: journeys },
].map(({ folder, all }) => ({ folder, names: names.length > 0 ? names.filter(existsIn(folder)) : all }));

// Vitest runs what it finds and is silent about a name that finds nothing.
const missing = [...names, ...(names.length > 0 ? [] : [...proofs, ...journeys])].filter(
  (name) => !existsIn('api')(name) && !existsIn('e2e')(name),
);
if (missing.length > 0) {
  console.error(`No test file has such a name: ${missing.join(', ')}`);
  process.exit(1);
}

process.exitCode = 0;
for (const suite of suites) {
  if (suite.names.length > 0 && (await prove(suite)) !== 0) process.exitCode = 1;
}

function existsIn(folder) {
  const files = readdirSync(join(root, folder), { recursive: true }).filter((file) =>
    file.endsWith('.test.ts'),
  );
  return (name) => files.some((file) => file.includes(name));
}

/** Answers the exit code. */
async function prove({ folder, names }) {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  // One file after the other: each of them alone keeps the machine busy.
  const alone = folder === 'api' ? ['--no-file-parallelism'] : ['--max-workers', '1'];
  if (folder === 'e2e') await buildAll().all;
  const child = spawn(process.execPath, [vitest, 'run', '--root', folder, ...alone, ...names, ...options], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PROOF: 'full' },
  });
  return new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
}
