import { InvalidInputError } from '../../kernel/errors.js';

/**
 * Of a list an empty choice narrows nothing; work on many objects would do all of them for somebody who chose none.
 *
 * @throws InvalidInputError naming the empty list
 */
export function assertNarrowing(filter: object | null | undefined, rows: string): void {
  for (const [field, value] of Object.entries(filter ?? {}))
    if (Array.isArray(value) && value.length === 0)
      throw new InvalidInputError(`Leave the list out to change all ${rows}.`, ['filter', field]);
}
