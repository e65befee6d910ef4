import type { FileStorage } from '../../../integrations/storage/port.js';
import { ImageFailure } from './image-status.js';
import { DamagedImageError } from './make-images.js';

/**
 * Automatic attempts for one image. Counted at their start, so that a file that crashes the worker is given up too.
 */
const MAX_ATTEMPTS = 4;

class FileMissingError extends Error {}

/**
 * Makes one attempt and returns why no other should follow; null if it succeeded. Throws errors that a later attempt,
 * made by the queue, may not have. `attempts` includes this one.
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

/** Reads a file that must exist. A retry may find a missing one, because a shared folder can be late. */
export async function readOriginal(files: FileStorage, key: string): Promise<Buffer> {
  const original = await files.read(key);
  if (!original) throw new FileMissingError(`${key} is not there`);
  return original;
}
