import {
  createSourceEventStream,
  execute,
  GraphQLError,
  Kind,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLFormattedError,
} from 'graphql';
import type { ThrownCode } from '../../kernel/error-codes.js';
import { answering, noteVisitorsRead } from '../../platform/database/visitor-reads.js';

interface EventDeps {
  readonly freshContext: () => { readonly viewer: unknown };
  /** Runs the work on one event when it is the subscriber's turn. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** What a client may see of an error; Apollo calls it for HTTP requests. */
  readonly format: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
}

/**
 * Executes each event of a subscription with its own context, so that each has its own loaders (which cache) and its
 * own budget. graphql-js would use one context for the life of the socket.
 */
export async function executeEvents(
  args: ExecutionArgs,
  { freshContext, inTurn, format }: EventDeps,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const events = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in events)) return masked(events, format);
  const source = events[Symbol.asyncIterator]();
  const ended = { value: undefined, done: true } as const;
  let isOver = false;
  const run = (rootValue: unknown): Promise<ExecutionResult> =>
    answering(async () => {
      const contextValue = freshContext();
      if (!contextValue.viewer) noteVisitorsRead();
      return execute({ ...args, rootValue, contextValue });
    });
  const results: AsyncIterableIterator<ExecutionResult> = {
    async next() {
      const event = await source.next();
      if (event.done) return ended;
      // A subscription may end while it waits for its turn.
      const value = await inTurn(async () => (isOver ? null : run(event.value)));
      if (!value) return ended;
      return { value: masked(value, format), done: false };
    },
    async return() {
      isOver = true;
      await source.return?.();
      return ended;
    },
    [Symbol.asyncIterator]: () => results,
  };
  return results;
}

/** Adds the code that Apollo adds over HTTP to errors of variables that do not fit their type. */
function withCode(error: GraphQLError): GraphQLError {
  if (error.nodes?.[0]?.kind !== Kind.VARIABLE_DEFINITION) return error;
  return new GraphQLError(error.message, {
    nodes: error.nodes,
    extensions: { code: 'BAD_USER_INPUT' satisfies ThrownCode },
  });
}

function masked(result: ExecutionResult, format: EventDeps['format']): ExecutionResult {
  if (!result.errors) return result;
  // graphql-ws calls toJSON itself.
  const errors = result.errors.map((error) => {
    const { message, path, extensions } = format(withCode(error).toJSON(), error);
    return new GraphQLError(message, { nodes: error.nodes, path, extensions });
  });
  return { ...result, errors };
}
