import type { Sharp } from 'sharp';
import type { FileStorage } from '../../../integrations/storage/port.js';
import { largestSize, madeWidths, IMAGE_WIDTHS, sizedKey } from './image-sizes.js';
import { pixelLimit, STAFF_PIXELS, typeOfKey, type UploadedImageType } from './read-image.js';

const QUALITY = 80;

/** An encoded file that is ready to be written. */
export interface MadeFile {
  readonly key: string;
  readonly content: Buffer;
  readonly type: UploadedImageType;
}

export interface MadeImage {
  readonly files: readonly MadeFile[];
  /** Width of the largest size. */
  readonly width: number;
  readonly height: number;
  /** The widths made below its own. */
  readonly widths: readonly number[];
}

/** A file that begins like an image but cannot be decoded completely. */
export class DamagedImageError extends Error {}

// Decoding an image of 200 megapixels takes hundreds of MB of memory: one at a time in this process, for any purpose.
let last: Promise<unknown> = Promise.resolve();

/** Runs `work` after all earlier calls have ended. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = last.then(work, work);
  last = mine.catch(() => undefined);
  return mine;
}

/**
 * Makes every size of an image, each from the original itself, under the key of its largest size. The largest keeps the
 * original's format. All are encoded anew, which drops metadata (place, camera) and anything hidden in the file.
 *
 * @throws DamagedImageError
 */
export function makeImage(original: Buffer, storageKey: string): Promise<MadeImage> {
  return inTurn(async () => {
    const largest = await makeLargest(original, storageKey);
    const smaller = await makeWidths(original, storageKey, madeWidths(largest.width));
    const { width, height } = largest;
    return { files: [largest, ...smaller], width, height, widths: madeWidths(width) };
  });
}

/** Makes only the largest size. @throws DamagedImageError */
export function makeLargestSize(
  original: Buffer,
  storageKey: string,
): Promise<MadeFile & { width: number; height: number }> {
  return inTurn(() => makeLargest(original, storageKey));
}

/** In pixels. */
export interface ImageBox {
  readonly width: number;
  readonly height: number;
  /** The image is as large as the box, with a transparent edge; else it is never enlarged. */
  readonly isFilled: boolean;
}

/** Makes a PNG that fits into a box, whole and with its transparency. @throws DamagedImageError */
export function makePng(
  original: Buffer,
  originalKey: string,
  { width, height, isFilled }: ImageBox,
): Promise<{ content: Buffer; width: number; height: number }> {
  return inTurn(async () => {
    const upright = await decoding(original, typeOfKey(originalKey));
    try {
      const fitted = upright.resize(width, height, {
        fit: isFilled ? 'contain' : 'inside',
        withoutEnlargement: !isFilled,
        background: { r: 0, g: 0, b: 0, alpha: 0 },
      });
      const { data, info } = await fitted.png().toBuffer({ resolveWithObject: true });
      return { content: data, width: info.width, height: info.height };
    } catch (cause) {
      throw new DamagedImageError('The image cannot be decoded', { cause });
    }
  });
}

/** Makes only the sizes below the largest. @throws DamagedImageError */
export function makeSmallerSizes(
  original: Buffer,
  storageKey: string,
  widths: readonly number[],
): Promise<MadeFile[]> {
  return inTurn(() => makeWidths(original, storageKey, widths));
}

async function makeLargest(
  original: Buffer,
  storageKey: string,
): Promise<MadeFile & { width: number; height: number }> {
  const type = typeOfKey(storageKey);
  const upright = await decoding(original, type);
  try {
    const { width, height } = largestSize((await upright.metadata()).autoOrient);
    const resized = upright.resize(width, height, { fit: 'fill', withoutEnlargement: true });
    const { data, info } = await encode(resized, type).toBuffer({ resolveWithObject: true });
    return { key: storageKey, content: data, type, width: info.width, height: info.height };
  } catch (cause) {
    throw new DamagedImageError('The image cannot be decoded', { cause });
  }
}

/**
 * One after the other: a JPEG is decoded at reduced size for a smaller width, so only one size needs memory at a time.
 */
async function makeWidths(
  original: Buffer,
  storageKey: string,
  widths: readonly number[],
): Promise<MadeFile[]> {
  const files: MadeFile[] = [];
  for (const width of widths) {
    const upright = await decoding(original, typeOfKey(storageKey));
    const content = await sized(upright, width, 4).catch((cause: unknown) => {
      throw new DamagedImageError('The image cannot be decoded', { cause });
    });
    files.push({ key: sizedKey(storageKey, width), content, type: 'image/webp' });
  }
  return files;
}

async function decoding(content: Buffer, type: UploadedImageType): Promise<Sharp> {
  const { default: sharp } = await import('sharp');
  // autoOrient first: the orientation is in the metadata, which is dropped.
  return sharp(content, { limitInputPixels: pixelLimit(type, STAFF_PIXELS), failOn: 'error' }).autoOrient();
}

function sized(image: Sharp, width: number, effort: number): Promise<Buffer> {
  return image.resize(width).webp({ quality: QUALITY, effort }).toBuffer();
}

function encode(image: Sharp, type: UploadedImageType): Sharp {
  if (type === 'image/png') return image.png();
  return type === 'image/webp' ? image.webp({ quality: 90 }) : image.jpeg({ quality: 90, mozjpeg: true });
}

/**
 * Writes the smaller sizes of a demo image beside it, with low encoding effort, because the demo shop must start
 * quickly. Write the largest file after them: its presence means that all exist.
 */
export async function writeSizes(
  storage: FileStorage,
  key: string,
  image: { content: Buffer; width: number },
): Promise<void> {
  const { default: sharp } = await import('sharp');
  for (const width of madeWidths(image.width))
    await storage.write(sizedKey(key, width), await sized(sharp(image.content), width, 1), 'image/webp');
}

/** The keys of every public file that an image with this key may have. */
export function publicKeys(storageKey: string): string[] {
  return [storageKey, ...IMAGE_WIDTHS.map((width) => sizedKey(storageKey, width))];
}
