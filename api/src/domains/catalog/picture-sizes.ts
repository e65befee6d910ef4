import { InvalidInputError } from '../../kernel/errors.js';

/** The widths every picture is also made in, as WebP. */
export const PICTURE_WIDTHS = [320, 640, 1000, 1600];

/** The widths that a picture of this width was made in: it is never enlarged. */
export function madeWidths(width: number): number[] {
  return PICTURE_WIDTHS.filter((made) => made < width);
}

/** `products/uuid.jpg` at 640 is `products/uuid-640.webp`. */
export function sizedKey(key: string, width: number): string {
  return `${key.replace(/\.[a-z0-9]+$/, '')}-${width}.webp`;
}

/** The smallest file that fills `wanted` pixels; the original when none does or nothing is wanted. */
export function keyForWidth(picture: { storageKey: string; width: number }, wanted: number | null): string {
  if (wanted !== null && wanted !== undefined && wanted < 1)
    throw new InvalidInputError('A picture is at least one pixel wide.', ['width']);
  const fitting = wanted ? madeWidths(picture.width).find((made) => made >= wanted) : undefined;
  return fitting ? sizedKey(picture.storageKey, fitting) : picture.storageKey;
}
