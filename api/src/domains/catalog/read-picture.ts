import { fileTypeFromBuffer } from 'file-type';
import type { Sharp } from 'sharp';
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

// Decoding is the dearest thing a stranger can ask for: two at a time, whoever asks.
const AT_ONCE = 2;
let decoding = 0;
const waiting: (() => void)[] = [];

/** Runs `work` when one of the two places is free. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (decoding >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else decoding++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else decoding--;
  }
}

/** Nothing in the shop is shown larger. */
const MAX_SIDE = 3000;

const EXTENSIONS = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' } as const;
export type PictureType = keyof typeof EXTENSIONS;

export interface Picture {
  readonly content: Buffer;
  readonly type: PictureType;
  readonly extension: string;
  readonly width: number;
  readonly height: number;
}

/** Whether this is what we call a kind of picture that we take. */
export function isPictureType(type: string): type is PictureType {
  return Object.hasOwn(EXTENSIONS, type);
}

/** What was announced, before a byte is sent. @throws UploadInvalidError for what no picture could be */
export function assertPicture(announced: { contentType: string; size: number }, maxBytes: number): void {
  if (!isPictureType(announced.contentType))
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
 * The picture in a file, encoded anew: neither its metadata (place, camera) nor anything hidden in the file survives.
 * What the sender calls it counts for nothing; the bytes must begin like a picture and decode like one.
 *
 * @throws UploadInvalidError when they do not
 */
export async function readPicture(content: Buffer, limits: PixelLimits = STAFF_PIXELS): Promise<Picture> {
  const type = (await fileTypeFromBuffer(content))?.mime ?? '';
  // Loaded with the first picture: the library and its native code are large.
  const { default: sharp } = await import('sharp');
  if (!isPictureType(type)) throw new UploadInvalidError('This is no JPEG, PNG or WebP picture.');
  const most = type === 'image/jpeg' ? limits.jpeg : limits.others;
  const pixels = await sharp(content, { limitInputPixels: false })
    .metadata()
    .then(
      ({ width, height }) => width * height,
      () => 0,
    );
  if (pixels > most) {
    throw new UploadInvalidError(
      `This picture has ${Math.round(pixels / MEGA)} megapixels; at most ${most / MEGA} can be taken.`,
    );
  }
  try {
    // autoOrient first: the way up is written in the metadata that is about to go.
    const upright = sharp(content, { limitInputPixels: most, failOn: 'error' })
      .autoOrient()
      .resize(MAX_SIDE, MAX_SIDE, { fit: 'inside', withoutEnlargement: true });
    const { data, info } = await inTurn(() => encode(upright, type).toBuffer({ resolveWithObject: true }));
    return { content: data, type, extension: EXTENSIONS[type], width: info.width, height: info.height };
  } catch {
    throw new UploadInvalidError('This picture is damaged and cannot be read to its end.');
  }
}

function encode(picture: Sharp, type: PictureType): Sharp {
  if (type === 'image/png') return picture.png();
  return type === 'image/webp' ? picture.webp({ quality: 90 }) : picture.jpeg({ quality: 90, mozjpeg: true });
}

function tooLarge(maxBytes: number): string {
  return `A picture may have at most ${maxBytes / 1024 / 1024} MB.`;
}
