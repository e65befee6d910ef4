// `npm run proof`: the large runs of what must never go wrong, one after the other. CI runs the same tests small.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { requirePinnedNode, root } from './runtime.mjs';

requirePinnedNode();

const proofs = [
  'two-hundred-guests',
  'once-for-each-key',
  'any-order-of-things',
  'database-restart',
  'chaos',
  'price-cart',
  'refund-plan',
  'edit-plan',
];

const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const child = spawn(
  process.execPath,
  [
    vitest,
    'run',
    '--root',
    'api',
    '--no-file-parallelism',
    ...(process.argv.length > 2 ? process.argv.slice(2) : proofs),
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, PROOF: 'full' } },
);
child.once('close', (code) => (process.exitCode = code ?? 1));
