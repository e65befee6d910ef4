// A row of images of which one is in sight. In a language that is read from right to left its places are negative.

export const isRightToLeft = (element: HTMLElement): boolean => getComputedStyle(element).direction === 'rtl';

export function scrollToImage(strip: HTMLElement, index: number, behavior: ScrollBehavior): void {
  strip.scrollTo({ left: (isRightToLeft(strip) ? -1 : 1) * index * strip.clientWidth, behavior });
}

/** The index of the image in sight. */
export function imageInSight(strip: HTMLElement): number {
  return Math.round(Math.abs(strip.scrollLeft) / strip.clientWidth);
}
