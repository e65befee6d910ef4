import type { MediaRowFragment } from '../generated/media/graphql';
import type { Tools } from '../ui/useTools';

const KILO = 1024;

/** How large a file is, for people: `1,200 × 900 · 340 kB`. */
export function fileSize(
  { width, height, byteSize }: Pick<MediaRowFragment, 'width' | 'height' | 'byteSize'>,
  { t, n }: Pick<Tools, 't' | 'n'>,
): string {
  const pixels = width && height ? t('media.pixels', { width: n(width), height: n(height) }) : '';
  return [pixels, byteSize ? bytes(byteSize, { t, n }) : ''].filter(Boolean).join(' · ');
}

function bytes(size: number, { t, n }: Pick<Tools, 't' | 'n'>): string {
  if (size < KILO * KILO) return t('media.kilobytes', { size: n(Math.max(1, Math.round(size / KILO))) });
  return t('media.megabytes', { size: n(Math.round((size / KILO / KILO) * 10) / 10) });
}
