import {
  createSourceEventStream,
  execute,
  GraphQLError,
  Kind,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLFormattedError,
} from 'graphql';
import type { ThrownCode } from '../kernel/error-codes.js';
import { answering, noteVisitorsRead } from '../platform/database/visitor-reads.js';

interface EventDeps {
  readonly freshContext: () => { readonly viewer: unknown };
  /** What of an error a client may see; by HTTP Apollo asks it. */
  readonly format: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
}

/**
 * Answers each event of a subscription with a context of its own, so that each has its own loaders, which remember what
 * they read, and its own budget. graphql-js would use one context for as long as the socket stands.
 */
export async function answerEvents(
  args: ExecutionArgs,
  { freshContext, format }: EventDeps,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const events = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in events)) return masked(events, format);
  const source = events[Symbol.asyncIterator]();
  const ended = { value: undefined, done: true } as const;
  const answers: AsyncIterableIterator<ExecutionResult> = {
    async next() {
      const event = await source.next();
      if (event.done) return ended;
      const value: ExecutionResult = await answering(async () => {
        const contextValue = freshContext();
        if (!contextValue.viewer) noteVisitorsRead();
        return execute({ ...args, rootValue: event.value, contextValue });
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

/** By HTTP Apollo says so of a variable whose value does not fit its type; here graphql-js alone has read it. */
function withCode(error: GraphQLError): GraphQLError {
  if (error.nodes?.[0]?.kind !== Kind.VARIABLE_DEFINITION) return error;
  return new GraphQLError(error.message, {
    nodes: error.nodes,
    extensions: { code: 'BAD_USER_INPUT' satisfies ThrownCode },
  });
}

function masked(result: ExecutionResult, format: EventDeps['format']): ExecutionResult {
  if (!result.errors) return result;
  // graphql-ws turns them into JSON itself.
  const errors = result.errors.map((error) => {
    const { message, path, extensions } = format(withCode(error).toJSON(), error);
    return new GraphQLError(message, { nodes: error.nodes, path, extensions });
  });
  return { ...result, errors };
}
