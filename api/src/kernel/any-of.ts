/**
 * The values of a filter: null when it is not set and when its list is empty. Clients build such lists from checkboxes;
 * none checked must not narrow a list.
 */
export function anyOf<T>(values: readonly T[] | null | undefined): readonly T[] | null {
  return values && values.length > 0 ? values : null;
}
