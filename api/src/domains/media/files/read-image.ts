import { fileTypeFromBuffer } from 'file-type';
import { UploadInvalidError } from '../media.errors.js';

const MEGA = 1_000_000;

/**
 * The largest accepted number of pixels. A crafted file of a few KB could claim far more, and decoding needs memory for
 * each.
 */
export interface PixelLimits {
  /** A JPEG is scaled down while it is decoded, so it may have the 200 megapixels of current phones. */
  readonly jpeg: number;
  readonly others: number;
}

export const STAFF_PIXELS: PixelLimits = { jpeg: 210 * MEGA, others: 64 * MEGA };
export const BUYER_PIXELS: PixelLimits = { jpeg: 25 * MEGA, others: 25 * MEGA };

const EXTENSIONS = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' } as const;
export type UploadedImageType = keyof typeof EXTENSIONS;

export interface ReceivedImage {
  readonly content: Buffer;
  readonly type: UploadedImageType;
  readonly extension: string;
  /** After applying the orientation of the metadata. */
  readonly width: number;
  readonly height: number;
}

/** Whether this is a content type of an accepted image. */
export function isUploadedImageType(type: string): type is UploadedImageType {
  return Object.hasOwn(EXTENSIONS, type);
}

/** The type of a file by the extension of its key, which comes from `readHeader`. */
export function typeOfKey(key: string): UploadedImageType {
  const extension = key.split('.').pop();
  const found = Object.entries(EXTENSIONS).find(([, known]) => known === extension)?.[0];
  if (!found) throw new Error(`${key} is no key of an image`);
  return found as UploadedImageType;
}

/**
 * Checks an announced file, before a byte is sent. @throws UploadInvalidError for a file that cannot be an accepted
 * image
 */
export function assertImage(announced: { contentType: string; size: number }, maxBytes: number): void {
  if (!isUploadedImageType(announced.contentType))
    throw new UploadInvalidError('Send a JPEG, PNG or WebP image.', ['contentType']);
  assertSize(announced.size, maxBytes);
}

/** @throws UploadInvalidError for an announced file of too many bytes */
export function assertSize(size: number, maxBytes: number): void {
  if (size > maxBytes) throw new UploadInvalidError(tooLarge(maxBytes), ['size']);
}

/** Reads all bytes of a file. @throws UploadInvalidError as soon as there are too many */
export async function collectBytes(
  content: Buffer | AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of Buffer.isBuffer(content) ? [content] : content) {
    size += chunk.length;
    if (size > maxBytes) throw new UploadInvalidError(tooLarge(maxBytes));
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Reads type and dimensions from the head of a file. Nothing is decoded: the job that makes the sizes finds out whether
 * the file is complete. The sender's content type is ignored; the bytes must begin like an image.
 *
 * @throws UploadInvalidError for a file that is no image, or has too many pixels
 */
export async function readHeader(
  content: Buffer,
  limits: PixelLimits = STAFF_PIXELS,
): Promise<ReceivedImage> {
  const type = (await fileTypeFromBuffer(content))?.mime ?? '';
  if (!isUploadedImageType(type)) throw new UploadInvalidError('This is no JPEG, PNG or WebP image.');
  // Loaded on first use, because the library and its native code are large.
  const { default: sharp } = await import('sharp');
  const size = await sharp(content, { limitInputPixels: false })
    .metadata()
    .then(
      ({ autoOrient }) => autoOrient,
      () => null,
    );
  if (!size?.width || !size.height)
    throw new UploadInvalidError('This image is damaged: its size cannot be read.');
  const most = pixelLimit(type, limits);
  const pixels = size.width * size.height;
  if (pixels > most) {
    throw new UploadInvalidError(
      `This image has ${Math.round(pixels / MEGA)} megapixels; at most ${most / MEGA} can be taken.`,
    );
  }
  return { content, type, extension: EXTENSIONS[type], width: size.width, height: size.height };
}

export function pixelLimit(type: UploadedImageType, limits: PixelLimits): number {
  return type === 'image/jpeg' ? limits.jpeg : limits.others;
}

function tooLarge(maxBytes: number): string {
  return `An image or document may have at most ${maxBytes / 1024 / 1024} MB.`;
}
