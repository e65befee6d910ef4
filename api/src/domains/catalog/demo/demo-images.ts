import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { v5 } from 'uuid';
import type { FileStorage } from '../../../integrations/storage/port.js';
import { writeSizes } from '../../media/index.js';

export interface StoredImage {
  readonly storageKey: string;
  readonly width: number;
  readonly height: number;
  readonly contentType: string;
  /** In bytes. */
  readonly size: number;
  readonly sha256: Buffer;
}

export type OnProgress = (done: number, total: number) => void;

const AT_ONCE = 4;

/**
 * Copies images of `folder` into the shop's storage with their smaller sizes, several at once, and returns the key of
 * each. The key is derived from the content: an existing image is left unchanged, a redrawn one gets a new key. A
 * missing file is missing in the result: the shop still opens with one image less.
 */
export async function storeDemoImages(
  storage: FileStorage,
  folder: string,
  files: readonly string[],
  { namespace, onProgress }: { namespace: string; onProgress?: OnProgress | undefined },
): Promise<Map<string, StoredImage>> {
  const stored = new Map<string, StoredImage>();
  const waiting = [...new Set(files)];
  const total = waiting.length;
  let done = 0;
  const work = async (): Promise<void> => {
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      const image = await storeOne(storage, join(folder, file), namespace);
      if (image) stored.set(file, image);
      onProgress?.(++done, total);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return stored;
}

async function storeOne(storage: FileStorage, path: string, namespace: string): Promise<StoredImage | null> {
  const content = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!content) return null;
  const { default: sharp } = await import('sharp');
  const { width, height, format } = await sharp(content).metadata();
  const storageKey = `products/${v5(content, namespace)}.${format === 'jpeg' ? 'jpg' : format}`;
  if (!(await storage.exists(storageKey))) {
    await writeSizes(storage, storageKey, { content, width });
    await storage.write(storageKey, content, `image/${format}`);
  }
  return {
    ...{ storageKey, width, height, contentType: `image/${format}`, size: content.length },
    sha256: createHash('sha256').update(content).digest(),
  };
}
