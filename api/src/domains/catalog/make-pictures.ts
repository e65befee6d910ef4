import type { FileStorage } from '../../integrations/storage/port.js';
import { madeWidths, sizedKey } from './picture-sizes.js';

const QUALITY = 80;

/** How hard the encoder tries: the demo shop must start quickly, a picture of one's own is worth the wait. */
export type Effort = 'quick' | 'thorough';

/** Writes the smaller WebP sizes of a picture beside it. The file itself should be written after them: it says that all is there. */
export async function writeSizes(
  storage: FileStorage,
  key: string,
  picture: { content: Buffer; width: number },
  effort: Effort,
): Promise<void> {
  const { default: sharp } = await import('sharp');
  for (const width of madeWidths(picture.width)) {
    const sized = await sharp(picture.content)
      .resize(width)
      .webp({ quality: QUALITY, effort: effort === 'quick' ? 1 : 4 })
      .toBuffer();
    await storage.write(sizedKey(key, width), sized, 'image/webp');
  }
}

export async function removePicture(storage: FileStorage, key: string, width: number): Promise<void> {
  await Promise.all(
    [key, ...madeWidths(width).map((made) => sizedKey(key, made))].map((file) => storage.remove(file)),
  );
}
