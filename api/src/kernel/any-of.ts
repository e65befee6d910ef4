import { localId, type IdPrefix } from './ids.js';

/**
 * The values of a filter: null when it is not set and when its list is empty. Clients build such lists from checkboxes;
 * none checked must not narrow a list.
 */
export function anyOf<T>(values: readonly T[] | null | undefined): readonly T[] | null {
  return values && values.length > 0 ? values : null;
}

// An unknown id must match nothing instead of everything.
const NO_ID = '00000000-0000-0000-0000-000000000000';

/** The same for public ids; those that are none match nothing. */
export function anyOfIds(prefix: IdPrefix, ids: readonly string[] | null | undefined): string[] | null {
  return anyOf(ids)?.map((id) => localId(prefix, id) ?? NO_ID) ?? null;
}
