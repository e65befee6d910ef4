import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** The Node that the lockfile pins; npm scripts find it first on their own, a hand-typed `node scripts/...` may not. */
const pinned = join(root, 'node_modules', '.bin', 'node');

/** Goes on under the pinned Node when this one is too old. Call it before anything else. */
export function requirePinnedNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 12)) return;
  if (existsSync(pinned) && !process.env.VITRINE_PINNED_NODE) {
    const env = { ...process.env, VITRINE_PINNED_NODE: '1' };
    const { status } = spawnSync(pinned, process.argv.slice(1), { stdio: 'inherit', env });
    process.exit(status ?? 1);
  }
  console.error(
    `Vitrine needs Node 22.12 or newer, this is ${process.versions.node}, and the Node it brings is not installed: run npm ci.`,
  );
  process.exit(1);
}

/** Reads `.env` from the project's folder; what the environment already says wins. */
export function loadSettings() {
  process.chdir(root);
  if (existsSync('.env')) process.loadEnvFile('.env');
}
