import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { isThrownCode, type ThrownCode } from '../../../kernel/error-codes.js';
import { DomainError, DomainErrors } from '../../../kernel/errors.js';
import type { Logger } from '../../../kernel/logger.js';
import { sqlState } from '../../database/database.js';
import { TooManyReadersError } from '../../database/visitor-reads.js';
import type { RequestContext } from '../context.js';
import { knowsWholeSchema, withoutSuggestion } from '../suggestions.js';

/** Extensions of an error that clients may read, in addition to its code. */
const OPEN_EXTENSIONS = ['cost', 'retryAfter'];

/** PostgreSQL's code for a statement that exceeded statement_timeout. */
const QUERY_CANCELED = '57014';

/**
 * PostgreSQL's codes of a transaction that waited too long for another (lock_not_available), or that was ended because two
 * waited for each other (deadlock_detected) or could not follow one another (serialization_failure). It had no effect.
 */
const CAME_BETWEEN = new Set(['55P03', '40P01', '40001']);

/** When to send such a request again, in seconds. */
const AGAIN_SECONDS = 3;

/** When to retry while all connections for visitors are busy, in seconds. */
const BUSY_SECONDS = 5;

type ErrorRequest = Pick<RequestContext, 'requestId' | 'viewer'>;

const requests = new WeakMap<object, ErrorRequest>();

/** Records the request in which an error arose. Without it the formatter treats the caller as anonymous. */
export function noteRequest(error: unknown, { requestId, viewer }: ErrorRequest): void {
  if (typeof error === 'object' && error !== null) requests.set(error, { requestId, viewer });
}

/** Records the request of each error, because the formatter receives only the error. */
export function errorsOfRequests(): ApolloServerPlugin<RequestContext> {
  const handlers = {
    didEncounterErrors: async ({
      errors,
      contextValue,
    }: {
      errors: readonly GraphQLError[];
      contextValue: RequestContext;
    }) => {
      for (const error of errors) noteRequest(error, contextValue);
    },
  };
  return { requestDidStart: async () => handlers };
}

/** Masks internal errors and logs them under the operation's path, without its variables. */
export function createErrorFormatter(logger: Logger) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const code = formatted.extensions?.['code'];
    const asking = typeof error === 'object' && error !== null ? requests.get(error) : undefined;
    if (isThrownCode(code))
      return { ...asPlainError(forCaller(formatted, asking)), extensions: openExtensions(formatted, code) };
    const original = causeOf(error);
    if (original instanceof DomainError || original instanceof DomainErrors)
      return userError(formatted, original);
    if (isClientsFault(original))
      return { ...formatted, extensions: { code: 'BAD_REQUEST' satisfies ThrownCode } };
    if (isOneFaultTooMany(original))
      return {
        message: 'The variables have more faults than are listed here.',
        extensions: { code: 'BAD_USER_INPUT' satisfies ThrownCode },
      };
    const requestId = asking?.requestId;
    if (sqlState(original) === QUERY_CANCELED) {
      logger.warn(
        { err: original, path: formatted.path, requestId },
        'A statement took too long and was ended',
      );
      return tookTooLong(formatted);
    }
    if (CAME_BETWEEN.has(sqlState(original) ?? '')) {
      logger.warn(
        { err: original, path: formatted.path, requestId },
        'A request waited too long for another',
      );
      return cameBetween(formatted);
    }
    if (original instanceof TooManyReadersError) {
      logger.warn({ path: formatted.path, requestId }, 'All connections for visitors were busy');
      return isBusy(formatted);
    }
    logger.error({ err: original, path: formatted.path, requestId }, 'A request failed');
    return {
      message: 'Something went wrong on our side. Nothing was lost; please try again.',
      ...(formatted.path && { path: formatted.path }),
      ...(formatted.locations && { locations: formatted.locations }),
      extensions: { code: 'INTERNAL' satisfies ThrownCode, ...(requestId && { requestId }) },
    };
  };
}

function forCaller(error: GraphQLFormattedError, asking: ErrorRequest | undefined): GraphQLFormattedError {
  if (asking && knowsWholeSchema(asking)) return error;
  return { ...error, message: withoutSuggestion(error.message) };
}

function tookTooLong({ path, locations }: GraphQLFormattedError): GraphQLFormattedError {
  return {
    message: 'The database took too long over this. Ask for less at once, or try again later.',
    ...(path && { path }),
    ...(locations && { locations }),
    extensions: { code: 'QUERY_TOO_EXPENSIVE' satisfies ThrownCode },
  };
}

function cameBetween({ path, locations }: GraphQLFormattedError): GraphQLFormattedError {
  return {
    message: 'Somebody else is changing the same data. Nothing was changed; try again in a few seconds.',
    ...(path && { path }),
    ...(locations && { locations }),
    extensions: { code: 'BUSY' satisfies ThrownCode, retryAfter: AGAIN_SECONDS },
  };
}

function isBusy({ path, locations }: GraphQLFormattedError): GraphQLFormattedError {
  return {
    message: 'The shop is very busy. Try again in a few seconds.',
    ...(path && { path }),
    ...(locations && { locations }),
    extensions: { code: 'RATE_LIMITED' satisfies ThrownCode, retryAfter: BUSY_SECONDS },
  };
}

/** The originally thrown error, inside the GraphQLErrors that wrap it. */
function causeOf(error: unknown): unknown {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return cause;
}

function openExtensions({ extensions = {} }: GraphQLFormattedError, code: string): Record<string, unknown> {
  const open = OPEN_EXTENSIONS.filter((name) => extensions[name] !== undefined);
  return { code, ...Object.fromEntries(open.map((name) => [name, extensions[name]])) };
}

function userError(
  { path, locations }: GraphQLFormattedError,
  original: DomainError | DomainErrors,
): GraphQLFormattedError {
  const [first] = original instanceof DomainErrors ? original.errors : [original];
  // A path equal to the input path is not a path in the response.
  const isPlace = path !== undefined && path !== first?.path;
  return {
    message: original.message,
    ...(isPlace && { path }),
    ...(locations && { locations }),
    extensions: {
      code: 'BAD_USER_INPUT' satisfies ThrownCode,
      reason: first?.code,
      ...(first?.path && { inputPath: first.path }),
    },
  };
}

/** Apollo gives some of its client errors (persisted queries) a status and no code. */
function isClientsFault(error: unknown): boolean {
  const status: unknown =
    error instanceof GraphQLError
      ? (error.extensions['http'] as { status?: unknown } | undefined)?.status
      : null;
  return typeof status === 'number' && status >= 400 && status < 500;
}

/** The last error of graphql-js after 50 wrong variables. It has no node, so that Apollo takes it for ours. */
function isOneFaultTooMany(error: unknown): boolean {
  return error instanceof GraphQLError && error.message.startsWith('Too many errors processing variables');
}

/** graphql-js repeats refused values in full, however long they are. */
const LONGEST_MESSAGE = 1_000;

function asPlainError(error: GraphQLFormattedError): GraphQLFormattedError {
  if (error.message.length > LONGEST_MESSAGE)
    return { ...error, message: `${error.message.slice(0, LONGEST_MESSAGE)} …` };
  if (error.message.includes('Maximum call stack size exceeded'))
    return { ...error, message: 'Syntax Error: The document nests too deeply to be read.' };
  if (error.message.startsWith('Too many validation errors'))
    return { ...error, message: 'The document has more faults than are listed here.' };
  if (error.message === 'Validation aborted.')
    return { ...error, message: 'The document names the same fields so often that it is not checked.' };
  return error;
}
