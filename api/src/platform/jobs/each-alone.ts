/**
 * Runs the work for one item after the other. One that fails holds none of the others; when all had their turn the first
 * failure is thrown, so that the job tells of it and is tried again.
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
    throw new Error(`${failures.length} of ${items.length} could not be worked on`, { cause: failures[0] });
}
