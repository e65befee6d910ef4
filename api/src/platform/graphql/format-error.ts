import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';
import { DomainError } from '../../kernel/errors.js';
import type { Logger } from '../../kernel/logger.js';

// What a client may see as it is. Everything else is a bug or an outage and is masked.
const OPEN_CODES = new Set([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'RATE_LIMITED',
  'QUERY_TOO_EXPENSIVE',
]);

/** Masks what is not meant for the caller and logs it under the operation's path, without its variables. */
export function createErrorFormatter(logger: Logger) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const code = formatted.extensions?.['code'];
    if (typeof code === 'string' && OPEN_CODES.has(code)) return { ...formatted, extensions: { code } };
    const original = unwrapResolverError(error);
    if (original instanceof DomainError) {
      return {
        ...formatted,
        message: original.message,
        extensions: { code: 'BAD_USER_INPUT', reason: original.code },
      };
    }
    logger.error({ err: original, path: formatted.path }, 'A request failed');
    return {
      message: 'Something went wrong on our side. Nothing was lost; please try again.',
      ...(formatted.path && { path: formatted.path }),
      extensions: { code: 'INTERNAL' },
    };
  };
}
