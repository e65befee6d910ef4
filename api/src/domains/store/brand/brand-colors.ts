/** What stands on a page or a button must be told apart from it by so much: WCAG 2.2, 1.4.3 for text. */
export const READABLE = 4.5;

/** The darkest light surface and the lightest dark one on which words in the accent color stand: of pages and of mails. */
const LIGHT_SURFACE = '#f1ebe1';
const DARK_SURFACE = '#282320';
/** What words on a button are written in, in this order; pure black where the ink of the shop is too light. */
const ON_ACCENT = ['#ffffff', '#1f1b16', '#000000'];
/** On a button in dark mode, which is always a light one. */
const ON_DARK_ACCENT = '#1d1916';
const STEP = 0.01;

/** The colors that follow from one accent color, as `#rrggbb`. Every pair is readable, whichever color it is. */
export interface BrandColors {
  /** Of buttons, as it was chosen. */
  readonly accent: string;
  /** Of words on it. */
  readonly onAccent: string;
  /** Of buttons under the pointer. */
  readonly accentHover: string;
  /** Of words, lines and marks on a light page: the accent, or a darker one of the same hue. */
  readonly accentText: string;
  /** Of buttons, words and marks on a dark page: the accent, or a lighter one of the same hue. */
  readonly darkAccent: string;
  /** Of words on it. */
  readonly onDarkAccent: string;
}

/** @param accent as `#rrggbb` */
export function brandColors(accent: string): BrandColors {
  const onAccent = ON_ACCENT.find((color) => contrast(color, accent) >= READABLE) ?? '#000000';
  // Away from the words on it, so that they are read at least as well.
  const accentHover = shaded(accent, onAccent === '#ffffff' ? -0.09 : 0.09);
  return {
    ...{ accent, onAccent, accentHover },
    accentText: readableOn(LIGHT_SURFACE, accent, -STEP),
    darkAccent: readableOn(DARK_SURFACE, accent, STEP),
    onDarkAccent: ON_DARK_ACCENT,
  };
}

/** The contrast of two colors, 1 to 21, as WCAG defines it. */
export function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

/** The color itself, or the first one lighter or darker than it that is readable on the surface. */
function readableOn(surface: string, color: string, step: number): string {
  let shade = color;
  for (let by = step; contrast(shade, surface) < READABLE && Math.abs(by) <= 1; by += step)
    shade = shaded(color, by);
  return shade;
}

function luminance(color: string): number {
  const [red, green, blue] = channels(color).map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  ) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Lighter by a share of the whole scale, or darker by a negative one: hue and saturation stay (HSL). */
function shaded(color: string, by: number): string {
  const [red, green, blue] = channels(color) as [number, number, number];
  const [least, most] = [Math.min(red, green, blue), Math.max(red, green, blue)];
  const lightness = (least + most) / 2;
  const range = most - least;
  const saturation = range === 0 ? 0 : range / (1 - Math.abs(2 * lightness - 1));
  const next = Math.min(1, Math.max(0, lightness + by));
  const chroma = (1 - Math.abs(2 * next - 1)) * saturation;
  return hexOf(
    [red, green, blue].map((value) => next + (range === 0 ? 0 : (value - lightness) / range) * chroma),
  );
}

/** Red, green and blue, each 0 to 1. */
function channels(color: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255);
}

function hexOf(values: readonly number[]): string {
  const digits = values.map((value) =>
    Math.round(Math.min(1, Math.max(0, value)) * 255)
      .toString(16)
      .padStart(2, '0'),
  );
  return `#${digits.join('')}`;
}
