/** One picture of a product in the widths the API makes. The narrow ones are always asked for. */
export interface ShopPicture {
  id: string;
  alt: string;
  width: number;
  height: number;
  url320: string;
  url640?: string;
  url1000?: string;
  url1600?: string;
}

/** "… 320w, … 640w": only the widths the query asked for. */
export function srcsetOf(picture: ShopPicture): string | undefined {
  const widths = [
    [320, picture.url320],
    [640, picture.url640],
    [1000, picture.url1000],
    [1600, picture.url1600],
  ] as const;
  const known = widths.filter(([width, url]) => url && (width <= picture.width || width === 320));
  if (known.length < 2) return undefined;
  return known.map(([width, url]) => `${url} ${width}w`).join(', ');
}
