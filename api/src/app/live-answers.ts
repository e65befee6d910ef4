import { createSourceEventStream, execute, type ExecutionArgs, type ExecutionResult } from 'graphql';

/**
 * Answers each event of a subscription with a context of its own, so that each has its own loaders, which remember what
 * they read, and its own budget. graphql-js would use one context for as long as the socket stands.
 */
export async function answerEvents(
  args: ExecutionArgs,
  freshContext: () => object,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const events = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in events)) return events;
  const source = events[Symbol.asyncIterator]();
  const ended = { value: undefined, done: true } as const;
  const answers: AsyncIterableIterator<ExecutionResult> = {
    async next() {
      const event = await source.next();
      if (event.done) return ended;
      const value: ExecutionResult = await execute({
        ...args,
        rootValue: event.value,
        contextValue: freshContext(),
      });
      return { value, done: false };
    },
    async return() {
      await source.return?.();
      return ended;
    },
    [Symbol.asyncIterator]: () => answers,
  };
  return answers;
}
