import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { StartProblem } from '../../kernel/start-problem.js';

/**
 * Makes the data folder and its folder for images where they are missing, and checks that files can be written there.
 *
 * @throws StartProblem when that is not so
 */
export function openDataFolder(folder: string): void {
  for (const path of [folder, join(folder, 'media')]) {
    makeFolder(path);
    inDataFolder(path, () => accessSync(path, constants.W_OK | constants.X_OK));
  }
}

/**
 * Makes a folder with all that it is in. Node's own `recursive` never ends below a folder in which nothing can be made,
 * such as /proc.
 *
 * @throws StartProblem when it cannot be made, or is no folder
 */
export function makeFolder(folder: string): void {
  const missing: string[] = [];
  let at = resolve(folder);
  while (!isFolder(at)) {
    missing.unshift(at);
    at = dirname(at);
  }
  for (const path of missing) inDataFolder(path, () => makeOne(path));
}

/** @throws StartProblem for whatever is there and is no folder */
function isFolder(path: string): boolean {
  const found = inDataFolder(path, () => statSync(path, { throwIfNoEntry: false }));
  if (found && !found.isDirectory()) throw new StartProblem(folderSentence('ENOTDIR', path));
  return found !== undefined;
}

function makeOne(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have made it meanwhile; a link that leads nowhere is in the way without being found.
    const isMade = (error as NodeJS.ErrnoException).code === 'EEXIST' && isFolder(path);
    if (!isMade) throw error;
  }
}

/** @throws StartProblem for the failures of the operating system, with what to do about this path */
export function inDataFolder<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof StartProblem) throw error;
    throw new StartProblem(folderSentence((error as NodeJS.ErrnoException).code ?? '', path));
  }
}

/** Why the data folder, or a folder or file in it, cannot be used, by the code of the operating system. */
export function folderSentence(code: string, path: string): string {
  switch (code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `${path} cannot be written by this user. Change its owner, or set DATA_DIR to another folder.`;
    case 'ENOENT':
      return `${path} cannot be made: nothing can be made in ${dirname(path)}. Set DATA_DIR to another folder.`;
    case 'EEXIST':
    case 'ENOTDIR':
    case 'EISDIR':
      return `${path} is not a ${code === 'EISDIR' ? 'file' : 'folder'}. Set DATA_DIR to ${code === 'EISDIR' ? 'another folder' : 'one'}.`;
    case 'ELOOP':
      return `${path} is a link that leads back to itself. Set DATA_DIR to a folder.`;
    case 'ENAMETOOLONG':
      return `The name of ${path.slice(0, 60)}… is too long. Set DATA_DIR to a folder with a shorter one.`;
    case 'ENOSPC':
    case 'EDQUOT':
      return `There is no space left for ${path}.`;
    default:
      return `${path} cannot be used (${code}). Set DATA_DIR to another folder.`;
  }
}
