/**
 * What a filter is to be one of: null when it is not set and when its list is empty. Clients build such lists from what is
 * ticked; nothing ticked narrows nothing, in every list of the shop alike.
 */
export function anyOf<T>(values: readonly T[] | null | undefined): readonly T[] | null {
  return values && values.length > 0 ? values : null;
}
