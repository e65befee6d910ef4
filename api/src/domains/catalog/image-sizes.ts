import { InvalidInputError } from '../../kernel/errors.js';

/** The widths every image is also made in, as WebP. Images keep the list that they were made with until they are made anew. */
export const IMAGE_WIDTHS: readonly number[] = [320, 640, 1000, 1600];

/** The widths of images, and of the lines of orders, that do not say in which they exist. */
const FIRST_WIDTHS: readonly number[] = [320, 640, 1000, 1600];

/** The longer side of the largest public size; what is smaller stays as it is. */
const LONGEST_SIDE = 4096;

/** What an address is found by. */
export interface SizedImage {
  readonly storageKey: string;
  /** Of the largest size. */
  readonly width: number;
  /** Below its own width; null or absent for the first list. */
  readonly widths?: readonly number[] | null;
}

/** The widths in which an image whose largest size is this wide is made: it is never enlarged. */
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

/** The smallest file that fills `wanted` pixels; the largest size when none does or nothing is wanted. */
export function keyForWidth(image: SizedImage, wanted: number | null): string {
  if (wanted !== null && wanted !== undefined && wanted < 1)
    throw new InvalidInputError('A picture is at least one pixel wide.', ['width']);
  const widths = image.widths ?? FIRST_WIDTHS.filter((made) => made < image.width);
  const fitting = wanted ? widths.find((made) => made >= wanted) : undefined;
  return fitting ? sizedKey(image.storageKey, fitting) : image.storageKey;
}
