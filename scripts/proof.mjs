// `npm run proof`: the large runs of what must never go wrong, one after the other. CI runs the same tests small.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
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
const wanted = process.argv.length > 2 ? process.argv.slice(2) : proofs;

// Vitest runs what it finds and is silent about a name that finds nothing.
const files = readdirSync(join(root, 'api'), { recursive: true }).filter((file) => file.endsWith('.test.ts'));
// Options of vitest come after the names.
const names = wanted.slice(
  0,
  [...wanted, '-'].findIndex((word) => word.startsWith('-')),
);
const missing = names.filter((name) => !files.some((file) => file.includes(name)));
if (missing.length > 0) {
  console.error(`No test file has such a name: ${missing.join(', ')}`);
  process.exit(1);
}

const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const child = spawn(process.execPath, [vitest, 'run', '--root', 'api', '--no-file-parallelism', ...wanted], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PROOF: 'full' },
});
child.once('close', (code) => (process.exitCode = code ?? 1));
