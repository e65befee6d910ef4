/** The controls of an image's tile, by their `data-part`. */
export type TilePart = 'earlier' | 'later' | 'remove';

/**
 * Focuses the first of these controls that can be used in the tile at this index, or in the last tile when there are
 * fewer. A moved or deleted tile takes the focus along otherwise, and the next press would do nothing. False when there
 * is no tile.
 */
export function focusTile(
  list: Element | null | undefined,
  index: number,
  parts: readonly TilePart[],
): boolean {
  const tiles = [...(list?.children ?? [])];
  const tile = tiles[Math.min(index, tiles.length - 1)];
  for (const part of parts) {
    const control = tile?.querySelector<HTMLElement>(`[data-part="${part}"]:not(:disabled)`);
    if (!control) continue;
    control.focus();
    return true;
  }
  return false;
}
