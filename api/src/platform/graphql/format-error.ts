import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';
import { isThrownCode, type ThrownCode } from '../../kernel/error-codes.js';
import { DomainError } from '../../kernel/errors.js';
import type { Logger } from '../../kernel/logger.js';

/** Masks what is not meant for the caller and logs it under the operation's path, without its variables. */
export function createErrorFormatter(logger: Logger) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const code = formatted.extensions?.['code'];
    if (isThrownCode(code)) {
      const cost = formatted.extensions?.['cost'];
      return { ...formatted, extensions: { code, ...(cost !== undefined && { cost }) } };
    }
    const original = unwrapResolverError(error);
    if (original instanceof DomainError) {
      return {
        ...formatted,
        message: original.message,
        extensions: { code: 'BAD_USER_INPUT' satisfies ThrownCode, reason: original.code },
      };
    }
    logger.error({ err: original, path: formatted.path }, 'A request failed');
    return {
      message: 'Something went wrong on our side. Nothing was lost; please try again.',
      ...(formatted.path && { path: formatted.path }),
      extensions: { code: 'INTERNAL' satisfies ThrownCode },
    };
  };
}
