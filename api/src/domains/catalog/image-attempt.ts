import type { FileStorage } from '../../integrations/storage/port.js';
import { ImageFailure } from './image-status.js';
import { DamagedImageError } from './make-images.js';

/** How often the making is begun by itself. Counted when it begins, so that a file that kills the worker is given up too. */
const MAX_ATTEMPTS = 4;

class FileMissingError extends Error {}

/**
 * Makes one attempt and answers why no other should follow; null when it came to its end. Throws what another attempt,
 * which the queue makes later, may mend. `attempts` counts this one.
 */
export async function attemptToMake(
  attempts: number,
  work: () => Promise<void>,
): Promise<ImageFailure | null> {
  if (attempts > MAX_ATTEMPTS) return ImageFailure.UNEXPECTED;
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof DamagedImageError) return ImageFailure.DAMAGED;
    if (attempts < MAX_ATTEMPTS) throw error;
    return error instanceof FileMissingError ? ImageFailure.FILE_MISSING : ImageFailure.UNEXPECTED;
  }
}

/** A file that must be there. Not finding it may be mended by trying again: a shared folder can be late. */
export async function readOriginal(files: FileStorage, key: string): Promise<Buffer> {
  const original = await files.read(key);
  if (!original) throw new FileMissingError(`${key} is not there`);
  return original;
}
