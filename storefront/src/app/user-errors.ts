import type { CombinedError } from '@urql/core';
import type { ErrorCode } from '../generated/cart/graphql';
import type { ErrorMessages, Problem } from './error-messages';
import type { Refusal } from './use-form';

/** What a mutation refused, each with the field it belongs to; a failed request is one refusal without a field. */
export function userErrorsOf(
  problems: readonly (Problem & { path?: readonly string[] | null })[] | undefined,
  failure: CombinedError | undefined,
  words: ErrorMessages,
): Refusal[] {
  if (failure) return [{ message: words.ofFailure(failure) }];
  return (problems ?? []).map(({ path, ...problem }) => {
    const code =
      problem.code === 'INVALID_INPUT' ? (OF_FIELD[path?.at(-1) ?? ''] ?? problem.code) : problem.code;
    return { message: words.ofError({ ...problem, code }), path };
  });
}

/** Where the field alone tells what is wrong with it. */
const OF_FIELD: Readonly<Record<string, ErrorCode>> = {
  postalCode: 'INVALID_POSTAL_CODE',
  countryCode: 'INVALID_COUNTRY',
  phone: 'INVALID_PHONE',
};
