/** A field that two people changed at once. Rows in its name stand as `#id`: they may move, their ids stay. */
export interface Clash {
  name: string;
  mine: unknown;
  theirs: unknown;
}

type Row = Record<string, unknown> & { id: string };

const spelled = (value: unknown): string => JSON.stringify(typeof value === 'string' ? value.trim() : value);
const same = (a: unknown, b: unknown): boolean => spelled(a) === spelled(b);
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isRow = (value: unknown): value is Row => isRecord(value) && typeof value['id'] === 'string';
const isRowList = (value: unknown): value is Row[] =>
  Array.isArray(value) && value.length > 0 && value.every(isRow);

/**
 * What a form should hold after the server's copy changed under it: fields the person edited keep
 * the edit, all others take the new value. Rows of a list belong together by id, so that a variant
 * added or deleted elsewhere does not move an edit to its neighbour. A field that both changed, and
 * to different values, keeps the edit too and is named among the clashes.
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
  if (isRowList(mine) && isRowList(base) && Array.isArray(theirs)) {
    return theirs.map((row: unknown) => {
      const edited = isRow(row) && mine.find(({ id }) => id === row.id);
      const before = isRow(row) && base.find(({ id }) => id === row.id);
      if (!edited || !before) return row;
      return merge({ mine: edited, base: before, theirs: row }, under(`#${edited.id}`), clashes);
    });
  }
  if (isRecord(mine) && isRecord(base) && isRecord(theirs)) {
    return Object.fromEntries(
      Object.keys(theirs).map((key) => [
        key,
        merge({ mine: mine[key], base: base[key], theirs: theirs[key] }, under(key), clashes),
      ]),
    );
  }
  if (!same(theirs, base) && !same(theirs, mine)) clashes.push({ name, mine, theirs });
  return mine;
}

/** Puts a value where the name of a clash points; nowhere when the row is gone. */
export function putAt(draft: object, name: string, value: unknown): void {
  const parts = name.split('.');
  const last = parts.pop() ?? '';
  let place: unknown = draft;
  for (const part of parts) {
    if (part.startsWith('#') && Array.isArray(place))
      place = place.find((row: unknown) => isRow(row) && `#${row.id}` === part);
    else place = isRecord(place) ? place[part] : undefined;
  }
  if (isRecord(place)) place[last] = value;
}
