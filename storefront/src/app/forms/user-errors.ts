import type { CombinedError } from '@urql/core';
import type { ErrorCode } from '../../generated/cart/graphql';
import type { ErrorMessages, UserErrorData } from '../messages/error-messages';
import type { FormError } from './use-form';

/** The errors of a mutation, each with its field; a failed request is one error without a field. */
export function userErrorsOf(
  problems: readonly (UserErrorData & { path?: readonly string[] | null })[] | undefined,
  failure: CombinedError | undefined,
  messages: ErrorMessages,
): FormError[] {
  if (failure) return [{ message: messages.ofFailure(failure) }];
  return (problems ?? []).map(({ path, ...problem }) => {
    const code =
      problem.code === 'INVALID_INPUT' ? (OF_FIELD[path?.at(-1) ?? ''] ?? problem.code) : problem.code;
    return { message: messages.ofError({ ...problem, code }), path };
  });
}

/** Codes that are more specific than INVALID_INPUT, by field. */
const OF_FIELD: Readonly<Record<string, ErrorCode>> = {
  postalCode: 'INVALID_POSTAL_CODE',
  countryCode: 'INVALID_COUNTRY',
  phone: 'INVALID_PHONE',
};
