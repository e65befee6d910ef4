import { InvalidInputError } from './errors.js';
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

const MOST_IDS = 100;

/** The same for public ids; those that are none match nothing. @throws InvalidInputError for more than 100 */
export function anyOfIds(prefix: IdPrefix, ids: readonly string[] | null | undefined): string[] | null {
  if (ids && ids.length > MOST_IDS)
    throw new InvalidInputError(`At most ${MOST_IDS} ids.`, ['filter', 'ids']);
  return anyOf(ids)?.map((id) => localId(prefix, id) ?? NO_ID) ?? null;
}
