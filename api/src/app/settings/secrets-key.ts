import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { KeySource } from '../../domains/store/index.js';
import { inDataFolder } from './data-folder.js';
import { keptSecretIn, writeDraft } from './stored-secret.js';

const FILE = 'secrets.key';
/** As `keptSecret` writes them. A shorter line is no key. */
const SHORTEST = 32;

/** The keys of SECRETS_KEY, and the file of keys in the data folder with the rights of its owner only. */
export function keySource({ given, dataDir }: { given: readonly string[]; dataDir: string }): KeySource {
  const file = join(dataDir, FILE);
  return {
    given,
    file,
    read: () => inDataFolder(file, () => linesOf(file)),
    create: () => void keptSecretIn(dataDir, FILE),
    renew: () =>
      inDataFolder(file, () => {
        const lines = [randomBytes(48).toString('base64url'), ...linesOf(file)];
        renameSync(writeDraft(file, `${lines.join('\n')}\n`), file);
      }),
    // Windows has other rights, of which these bits say nothing.
    isOpenToOthers: () =>
      process.platform !== 'win32' && ((statSync(file, { throwIfNoEntry: false })?.mode ?? 0) & 0o077) !== 0,
  };
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.length >= SHORTEST);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
