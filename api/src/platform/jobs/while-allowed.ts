/** The same events until one arrives that its subscriber may not read any more: then the subscription ends. */
export function whileAllowed<E>(
  events: AsyncIterableIterator<E>,
  isAllowed: (event: E) => Promise<boolean> | boolean,
): AsyncIterableIterator<E> {
  return {
    async next() {
      const result = (await events.next()) as IteratorResult<E, undefined>;
      if (result.done || (await isAllowed(result.value))) return result;
      await events.return?.();
      return { value: undefined, done: true };
    },
    return: async () => (await events.return?.()) ?? { value: undefined, done: true },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
