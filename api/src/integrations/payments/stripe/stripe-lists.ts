import type { OnUnreadable } from '../port.js';
import { toPortError } from './stripe-errors.js';
import { isStripeText } from './stripe-objects.js';

/** Every item of a list, page by page, with errors converted to the port's. */
export async function* listed<T>(list: AsyncIterable<T>): AsyncIterable<T> {
  try {
    yield* list;
  } catch (error) {
    throw toPortError(error);
  }
}

/**
 * The rows of a list as `read` converts them; null leaves one out. A row that it cannot read is noted and skipped, but
 * for an amount that we cannot represent: that is another program's, and no fault.
 */
export async function* readable<T, R>(
  rows: AsyncIterable<T>,
  read: (row: T) => R | null,
  onUnreadable?: OnUnreadable,
): AsyncIterable<R> {
  for await (const row of rows) {
    let converted: R | null = null;
    try {
      converted = read(row);
    } catch (error) {
      if (!(error instanceof RangeError)) onUnreadable?.({ id: nameOf(row), error });
    }
    if (converted !== null) yield converted;
  }
}

function nameOf(row: unknown): string {
  const id = (row as { id?: unknown } | null)?.id;
  return isStripeText(id) ? id : 'without an id';
}
