/** A field that was changed here and concurrently. Its path names rows as `#id`, because their index may change. */
export interface Clash {
  name: string;
  /** What was there before both changes. */
  before: unknown;
  mine: unknown;
  theirs: unknown;
}

type Row = Record<string, unknown> & { id: string };

const spelled = (value: unknown): string => JSON.stringify(typeof value === 'string' ? value.trim() : value);
const same = (a: unknown, b: unknown): boolean => spelled(a) === spelled(b);
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isRow = (value: unknown): value is Row => isRecord(value) && typeof value['id'] === 'string';
const isRowList = (value: unknown): value is Row[] => Array.isArray(value) && value.every(isRow);

/**
 * Merges a changed server copy into a form: edited fields keep the edit, all others take the new value.
 * Rows of a list are matched by id, so that a variant that was added or deleted elsewhere does not move
 * an edit to another row; rows that were added here follow, and those that were removed here stay away
 * unless they were changed there. A field that both sides changed to different values keeps the edit too and is
 * returned among the clashes.
 */
export function mergeDraft<T>(mine: T, base: T, theirs: T): { merged: T; clashes: Clash[] } {
  const clashes: Clash[] = [];
  return { merged: merge({ mine, base, theirs }, '', clashes) as T, clashes };
}

interface Three {
  mine: unknown;
  base: unknown;
  theirs: unknown;
}

function merge({ mine, base, theirs }: Three, name: string, clashes: Clash[]): unknown {
  if (same(mine, base)) return theirs;
  const under = (part: string): string => (name ? `${name}.${part}` : part);
  if (isRowList(mine) && isRowList(base) && isRowList(theirs)) {
    const shared = theirs.flatMap((row) => {
      const edited = mine.find(({ id }) => id === row.id);
      const before = base.find(({ id }) => id === row.id);
      // Both added it, such as the same product to an order: what they say of it is compared field by field.
      if (!before && edited)
        return [merge({ mine: edited, base: { id: row.id }, theirs: row }, under(`#${row.id}`), clashes)];
      if (!before) return [row];
      if (!edited) return same(before, row) ? [] : [row];
      return [merge({ mine: edited, base: before, theirs: row }, under(`#${edited.id}`), clashes)];
    });
    const added = mine.filter(({ id }) => ![...base, ...theirs].some((row) => row.id === id));
    return [...shared, ...added];
  }
  if (isRecord(mine) && isRecord(base) && isRecord(theirs)) {
    return Object.fromEntries(
      Object.keys(theirs).map((key) => [
        key,
        merge({ mine: mine[key], base: base[key], theirs: theirs[key] }, under(key), clashes),
      ]),
    );
  }
  if (!same(theirs, base) && !same(theirs, mine)) clashes.push({ name, before: base, mine, theirs });
  return mine;
}

/** Sets the value at the path of a clash; does nothing when the row no longer exists. */
export function putAt(draft: object, name: string, value: unknown): void {
  const steps = name.split('.');
  const last = steps.pop() ?? '';
  let place: unknown = draft;
  for (const part of steps) {
    if (part.startsWith('#') && Array.isArray(place))
      place = place.find((row: unknown) => isRow(row) && `#${row.id}` === part);
    else place = isRecord(place) ? place[part] : undefined;
  }
  if (isRecord(place)) place[last] = value;
}
