/**
 * Runs the work for one item after the other. A failure does not stop the remaining items; after the last one the first
 * failure is thrown, so that the job is logged and retried.
 */
export async function eachAlone<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const failures: unknown[] = [];
  for (const item of items) {
    try {
      await work(item);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new Error(`${failures.length} of ${items.length} failed`, { cause: failures[0] });
}
