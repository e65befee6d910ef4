import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inDataFolder, makeFolder } from './data-folder.js';

const known = new Map<string, string>();

/**
 * The secret of a shop without a configured one: random, created at the first start and stored in the data folder, so
 * that it survives a restart. Processes that start at the same time agree on one.
 *
 * @throws StartProblem when it can be neither read nor stored
 */
export function keptSecret(dataFolder: string): string {
  const secret = known.get(dataFolder) ?? keptSecretIn(dataFolder, 'secret');
  known.set(dataFolder, secret);
  return secret;
}

/** The same in another file of the folder. @throws StartProblem when it can be neither read nor stored */
export function keptSecretIn(dataFolder: string, name: string): string {
  const file = join(dataFolder, name);
  makeFolder(dataFolder);
  return inDataFolder(file, () => read(file) ?? createSecret(file));
}

function createSecret(file: string): string {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, randomBytes(48).toString('base64url'), { mode: 0o600 });
  try {
    // Linking is atomic, and the first link wins.
    linkSync(draft, file);
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(file, 'utf8').trim();
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim() || null;
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return null;
    throw error;
  }
}
