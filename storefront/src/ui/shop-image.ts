/** One product image in the widths that the API makes. The narrow ones are always queried. */
export interface ShopImage {
  id: string;
  alt: string;
  width: number;
  height: number;
  url320: string;
  url640?: string;
  url1000?: string;
  url1600?: string;
}

/** The displayed width of the main image on a product page. */
export const GALLERY_SIZES = '(min-width: 1280px) 640px, (min-width: 1024px) 50vw, 100vw';

/** "… 320w, … 640w": only the queried widths. */
export function srcsetOf(image: ShopImage): string | undefined {
  const widths = [
    [320, image.url320],
    [640, image.url640],
    [1000, image.url1000],
    [1600, image.url1600],
  ] as const;
  const known = widths.filter(([width, url]) => url && (width <= image.width || width === 320));
  if (known.length < 2) return undefined;
  return known.map(([width, url]) => `${url} ${width}w`).join(', ');
}

/** What stays in sight of an image that is cut to fit, as staff chose it; the middle unless they did. */
export function focusOf({
  focalPoint,
}: {
  readonly focalPoint?: { readonly x: number; readonly y: number } | null;
}): { objectPosition: string } | undefined {
  return focalPoint ? { objectPosition: `${focalPoint.x}% ${focalPoint.y}%` } : undefined;
}
