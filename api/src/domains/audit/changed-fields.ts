/** A field of a row, before and after. */
export interface ChangedField {
  readonly field: string;
  /** Null when there was none, and when it is hidden. */
  readonly before: string | null;
  readonly after: string | null;
  /** Whether the values are secret or personal, so that the log only knows that they changed. */
  readonly isHidden: boolean;
}

type Recorded = Readonly<Record<string, readonly [] | readonly [unknown, unknown]>>;

/**
 * The fields of a recorded row, by name. Of a group of values, such as a text in several languages or the settings of a
 * page, those that differ are fields of their own: `name.ro`.
 */
export function changedFields(changes: Recorded): ChangedField[] {
  return Object.keys(changes)
    .toSorted()
    .flatMap((column) => {
      const [before, after] = changes[column] ?? [];
      if (changes[column]?.length === 0)
        return [{ field: column, before: null, after: null, isHidden: true }];
      return differences(column, before, after);
    });
}

function differences(field: string, before: unknown, after: unknown): ChangedField[] {
  const groups = [before, after].filter((value) => value !== null && value !== undefined);
  if (groups.length > 0 && groups.every(isGroup)) {
    const [was, becomes] = [before ?? {}, after ?? {}] as [Group, Group];
    const keys = [...new Set([...Object.keys(was), ...Object.keys(becomes)])].toSorted();
    return keys.flatMap((key) =>
      JSON.stringify(was[key]) === JSON.stringify(becomes[key])
        ? []
        : differences(`${field}.${key}`, was[key], becomes[key]),
    );
  }
  return [{ field, before: shown(before), after: shown(after), isHidden: false }];
}

type Group = Readonly<Record<string, unknown>>;

function isGroup(value: unknown): value is Group {
  // A long text is told by its hash, which is one value.
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('sha256' in value);
}

function shown(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
