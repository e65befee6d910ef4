const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isRowList = (value: unknown): value is (Record<string, unknown> & { id: string })[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((item) => isRecord(item) && typeof item['id'] === 'string');

/**
 * What a form should hold after the server's copy changed under it: fields the person edited keep
 * the edit, all others take the new value. Rows of a list belong together by id, so that a variant
 * added or deleted elsewhere does not move an edit to its neighbour.
 */
export function mergeDraft<T>(mine: T, base: T, theirs: T): T {
  return merge(mine, base, theirs) as T;
}

function merge(mine: unknown, base: unknown, theirs: unknown): unknown {
  if (same(mine, base)) return theirs;
  if (isRowList(mine) && isRowList(base) && Array.isArray(theirs)) {
    return theirs.map((row: unknown) => {
      const id = isRecord(row) ? row['id'] : undefined;
      const edited = mine.find((item) => item.id === id);
      const before = base.find((item) => item.id === id);
      return edited && before ? merge(edited, before, row) : row;
    });
  }
  if (isRecord(mine) && isRecord(base) && isRecord(theirs)) {
    return Object.fromEntries(
      Object.keys(theirs).map((key) => [key, merge(mine[key], base[key], theirs[key])]),
    );
  }
  return mine;
}
