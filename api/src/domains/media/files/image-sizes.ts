import { InvalidInputError } from '../../../kernel/errors.js';

/** The WebP widths of every new image. Images keep the list that they were made with until they are made again. */
export const IMAGE_WIDTHS: readonly number[] = [320, 640, 1000, 1600];

/** The widths of images, and of order lines, without a list of their own. */
const FIRST_WIDTHS: readonly number[] = [320, 640, 1000, 1600];

/** The longer side of the largest public size; smaller images are not enlarged. */
const LONGEST_SIDE = 4096;

/** The data from which an image's URL is derived. */
export interface SizedImage {
  readonly storageKey: string;
  /** Width of the largest size. */
  readonly width: number;
  /** Widths below its own; null or absent for the first list. */
  readonly widths?: readonly number[] | null;
}

/** The widths made for an image whose largest size has this width: it is never enlarged. */
export function madeWidths(width: number): number[] {
  return IMAGE_WIDTHS.filter((made) => made < width);
}

/** The largest public size of an image of these dimensions. */
export function largestSize({ width, height }: { width: number; height: number }): {
  width: number;
  height: number;
} {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  const scaled = (side: number): number => Math.max(1, Math.round(side * scale));
  return { width: scaled(width), height: scaled(height) };
}

/** `products/uuid.jpg` at 640 is `products/uuid-640.webp`. */
export function sizedKey(key: string, width: number): string {
  return `${key.replace(/\.[a-z0-9]+$/, '')}-${width}.webp`;
}

/** The smallest file with at least `wanted` pixels; the largest size if none has or nothing is requested. */
export function keyForWidth(image: SizedImage, wanted: number | null): string {
  if (wanted !== null && wanted !== undefined && wanted < 1)
    throw new InvalidInputError('An image is at least one pixel wide.', ['width']);
  const widths = image.widths ?? FIRST_WIDTHS.filter((made) => made < image.width);
  const fitting = wanted ? widths.find((made) => made >= wanted) : undefined;
  return fitting ? sizedKey(image.storageKey, fitting) : image.storageKey;
}
