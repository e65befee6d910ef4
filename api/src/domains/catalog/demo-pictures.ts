import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { v5 } from 'uuid';
import type { FileStorage } from '../../integrations/storage/port.js';
import { writeSizes } from './make-pictures.js';

export interface StoredPicture {
  readonly storageKey: string;
  readonly width: number;
  readonly height: number;
}

export type OnProgress = (done: number, total: number) => void;

const AT_ONCE = 4;

/**
 * Copies pictures of `folder` into the shop's storage with their smaller sizes, several at once, and answers where each is.
 * The key comes from name and content: what is there already is left alone, a redrawn picture gets a new address.
 */
export async function storeDemoPictures(
  storage: FileStorage,
  folder: string,
  files: readonly string[],
  { namespace, onProgress }: { namespace: string; onProgress?: OnProgress | undefined },
): Promise<Map<string, StoredPicture>> {
  const stored = new Map<string, StoredPicture>();
  const waiting = [...new Set(files)];
  const total = waiting.length;
  const work = async (): Promise<void> => {
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      stored.set(file, await storeOne(storage, join(folder, file), namespace));
      onProgress?.(stored.size, total);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return stored;
}

async function storeOne(storage: FileStorage, path: string, namespace: string): Promise<StoredPicture> {
  const content = await readFile(path);
  const { width, height, format } = await sharp(content).metadata();
  const storageKey = `products/${v5(content, namespace)}.${format === 'jpeg' ? 'jpg' : format}`;
  if (!(await storage.exists(storageKey))) {
    await writeSizes(storage, storageKey, { content, width }, 'quick');
    await storage.write(storageKey, content, `image/${format}`);
  }
  return { storageKey, width, height };
}
