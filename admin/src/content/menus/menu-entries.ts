import type {
  MenuEntryInput,
  MenuEntryViewFragment,
  MenuViewFragment,
} from '../../generated/content/graphql';

export type Menu = MenuViewFragment;
export type Entry = MenuEntryViewFragment;
type Placed = Pick<Entry, 'key' | 'depth' | 'kind'>;

const MOST_DEPTH = 2;

/** The entries as they are sent back unchanged. */
export const entriesOf = (menu: Menu): MenuEntryInput[] =>
  (menu.entries ?? []).map(({ key, depth, kind, translations, targetId, path }) => ({
    ...{ key, depth, kind, targetId, path },
    translations: translations.map(({ locale, label }) => ({ locale, label })),
  }));

/** Where an entry is, and where the next one that is not below it is. */
function spanOf(entries: readonly Placed[], key: string): { from: number; to: number; depth: number } | null {
  const from = entries.findIndex((entry) => entry.key === key);
  const depth = entries[from]?.depth;
  if (depth === undefined) return null;
  const below = entries.slice(from + 1).findIndex((entry) => entry.depth <= depth);
  return { from, to: below < 0 ? entries.length : from + 1 + below, depth };
}

/** The entries with one of them, and all below it, before or after its neighbour; null where there is none. */
export function withMoved<Each extends Placed>(
  entries: readonly Each[],
  key: string,
  by: -1 | 1,
): Each[] | null {
  const own = spanOf(entries, key);
  if (!own) return null;
  const neighbours = entries.filter((entry, at) => entry.depth === own.depth && isBeside(entries, own, at));
  const at = neighbours.findIndex((entry) => entry.key === key);
  const neighbour = neighbours[at + by];
  const other = neighbour && spanOf(entries, neighbour.key);
  if (!other) return null;
  const [first, second] = by < 0 ? [other, own] : [own, other];
  return [
    ...entries.slice(0, first.from),
    ...entries.slice(second.from, second.to),
    ...entries.slice(first.from, first.to),
    ...entries.slice(second.to),
  ];
}

/** Whether nothing of a lesser depth stands between the two. */
function isBeside(
  entries: readonly Placed[],
  own: { readonly from: number; readonly depth: number },
  at: number,
): boolean {
  const [low, high] = [Math.min(own.from, at), Math.max(own.from, at)];
  return entries.slice(low, high + 1).every(({ depth }) => depth >= own.depth);
}

/** The entries with one of them, and all below it, below the one before it; null where that cannot be. */
export function withDeeper<Each extends Placed>(entries: readonly Each[], key: string): Each[] | null {
  const own = spanOf(entries, key);
  if (!own) return null;
  const before = entries
    .slice(0, own.from)
    .findLast((entry, at) => entry.depth === own.depth && isBeside(entries, own, at));
  const deepest = Math.max(...entries.slice(own.from, own.to).map(({ depth }) => depth));
  if (!before || before.kind === 'CATEGORIES' || deepest >= MOST_DEPTH) return null;
  return entries.map((entry, at) =>
    at >= own.from && at < own.to ? { ...entry, depth: entry.depth + 1 } : entry,
  );
}

/** The entries with one of them, and all below it, after the one that it was below; null at the top. */
export function withHigher<Each extends Placed>(entries: readonly Each[], key: string): Each[] | null {
  const own = spanOf(entries, key);
  if (!own || own.depth === 0) return null;
  const parent = entries.slice(0, own.from).findLast(({ depth }) => depth < own.depth);
  const above = parent && spanOf(entries, parent.key);
  if (!above) return null;
  const moved = entries.slice(own.from, own.to).map((entry) => ({ ...entry, depth: entry.depth - 1 }));
  return [
    ...entries.slice(0, own.from),
    ...entries.slice(own.to, above.to),
    ...moved,
    ...entries.slice(above.to),
  ];
}

/** The entries without one of them and all below it. */
export function without<Each extends Placed>(entries: readonly Each[], key: string): Each[] {
  const own = spanOf(entries, key);
  return own ? [...entries.slice(0, own.from), ...entries.slice(own.to)] : [...entries];
}
