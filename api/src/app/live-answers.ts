import {
  createSourceEventStream,
  execute,
  GraphQLError,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLFormattedError,
} from 'graphql';

interface EventParts {
  readonly freshContext: () => object;
  /** What of an error a client may see; by HTTP Apollo asks it. */
  readonly format: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
}

/**
 * Answers each event of a subscription with a context of its own, so that each has its own loaders, which remember what
 * they read, and its own budget. graphql-js would use one context for as long as the socket stands.
 */
export async function answerEvents(
  args: ExecutionArgs,
  { freshContext, format }: EventParts,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const events = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in events)) return masked(events, format);
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
      return { value: masked(value, format), done: false };
    },
    async return() {
      await source.return?.();
      return ended;
    },
    [Symbol.asyncIterator]: () => answers,
  };
  return answers;
}

function masked(result: ExecutionResult, format: EventParts['format']): ExecutionResult {
  if (!result.errors) return result;
  // graphql-ws turns them into JSON itself.
  const errors = result.errors.map((error) => {
    const { message, path, extensions } = format(error.toJSON(), error);
    return new GraphQLError(message, { nodes: error.nodes, path, extensions });
  });
  return { ...result, errors };
}
