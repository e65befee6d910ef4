import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
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

/**
 * Writes a file of its owner only beside another, whose place it is to take, and answers its path. It is on the disk
 * before that: what was encrypted with a key that a power cut took cannot be read any more. Its name is its own, for the
 * processes of two containers that share the folder may have the same number.
 */
export function writeDraft(file: string, text: string): string {
  const draft = `${file}.${randomBytes(8).toString('hex')}`;
  const opened = openSync(draft, 'wx', 0o600);
  try {
    writeSync(opened, text);
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
  return draft;
}

function createSecret(file: string): string {
  const draft = writeDraft(file, randomBytes(48).toString('base64url'));
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
