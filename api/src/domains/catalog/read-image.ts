import { fileTypeFromBuffer } from 'file-type';
import { UploadInvalidError } from './catalog.errors.js';

const MEGA = 1_000_000;

/** How many pixels a picture may have. A crafted file of a few KB could claim far more, and decoding takes memory for each. */
export interface PixelLimits {
  /** A JPEG is made smaller while it is decoded, so it may have the 200 megapixels of today's telephones. */
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
  /** As the picture is looked at: turned the way up that its metadata says. */
  readonly width: number;
  readonly height: number;
}

/** Whether this is what we call a kind of picture that we take. */
export function isUploadedImageType(type: string): type is UploadedImageType {
  return Object.hasOwn(EXTENSIONS, type);
}

/** The kind of a file by its key, which bears the extension that `readHeader` gave. */
export function typeOfKey(key: string): UploadedImageType {
  const extension = key.split('.').pop();
  const found = Object.entries(EXTENSIONS).find(([, known]) => known === extension)?.[0];
  if (!found) throw new Error(`${key} is no key of a picture`);
  return found as UploadedImageType;
}

/** What was announced, before a byte is sent. @throws UploadInvalidError for what no picture could be */
export function assertImage(announced: { contentType: string; size: number }, maxBytes: number): void {
  if (!isUploadedImageType(announced.contentType))
    throw new UploadInvalidError('Send a JPEG, PNG or WebP picture.', ['contentType']);
  if (announced.size > maxBytes) throw new UploadInvalidError(tooLarge(maxBytes), ['size']);
}

/** All bytes of a file as they arrive. @throws UploadInvalidError as soon as they are too many */
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
 * What the head of a file says of the picture in it. Nothing is decoded: whether the file can be read to its end is
 * found by the job that makes the sizes. What the sender calls it counts for nothing; the bytes must begin like a picture.
 *
 * @throws UploadInvalidError for what is no picture, or has more pixels than are taken
 */
export async function readHeader(
  content: Buffer,
  limits: PixelLimits = STAFF_PIXELS,
): Promise<ReceivedImage> {
  const type = (await fileTypeFromBuffer(content))?.mime ?? '';
  if (!isUploadedImageType(type)) throw new UploadInvalidError('This is no JPEG, PNG or WebP picture.');
  // Loaded with the first picture: the library and its native code are large.
  const { default: sharp } = await import('sharp');
  const size = await sharp(content, { limitInputPixels: false })
    .metadata()
    .then(
      ({ autoOrient }) => autoOrient,
      () => null,
    );
  if (!size?.width || !size.height)
    throw new UploadInvalidError('This picture is damaged: its size cannot be read.');
  const most = pixelLimit(type, limits);
  const pixels = size.width * size.height;
  if (pixels > most) {
    throw new UploadInvalidError(
      `This picture has ${Math.round(pixels / MEGA)} megapixels; at most ${most / MEGA} can be taken.`,
    );
  }
  return { content, type, extension: EXTENSIONS[type], width: size.width, height: size.height };
}

export function pixelLimit(type: UploadedImageType, limits: PixelLimits): number {
  return type === 'image/jpeg' ? limits.jpeg : limits.others;
}

function tooLarge(maxBytes: number): string {
  return `A picture may have at most ${maxBytes / 1024 / 1024} MB.`;
}
