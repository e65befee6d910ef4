import type { CombinedError } from '@urql/core';
import type { ErrorCode } from '../generated/cart/graphql';
import { useI18n } from './i18n';

export interface Problem {
  code: ErrorCode;
  /** Null when more are left than buyers are told, which is still fewer than they asked for. */
  availableQuantity?: number | null;
}

export interface ErrorMessages {
  /** One sentence per refusal in the customer's language; the API's own message is never shown. */
  ofError: (problem: Problem) => string;
  /** For an answer that never came or that the API could not give. */
  ofFailure: (failure: CombinedError) => string;
  /** For a press whose own code could not be fetched. */
  ofCodeLoading: () => string;
  /** Everything that went wrong with a mutation, or an empty list. */
  ofOutcome: (problems: readonly Problem[] | undefined, failure: CombinedError | undefined) => string[];
}

/** Turns codes into a shopkeeper's words. Codes decide what happens; words are only shown. */
export function useErrorMessages(): ErrorMessages {
  const { t, te } = useI18n();

  function ofError(problem: Problem): string {
    if (problem.code === 'INSUFFICIENT_STOCK' && typeof problem.availableQuantity === 'number') {
      return problem.availableQuantity > 0
        ? t('errors.stockLeft', problem.availableQuantity)
        : t('errors.stockGone');
    }
    const key = `errors.${problem.code}`;
    return t(te(key) ? key : 'errors.UNKNOWN');
  }

  function ofFailure(failure: CombinedError): string {
    if (failure.networkError) return t('errors.network');
    const code = failure.graphQLErrors[0]?.extensions?.code;
    return code === 'RATE_LIMITED' ? t('errors.RATE_LIMITED') : t('errors.unexpected');
  }

  return {
    ofError,
    ofFailure,
    ofCodeLoading: () => t('errors.network'),
    ofOutcome: (problems, failure) => (failure ? [ofFailure(failure)] : (problems ?? []).map(ofError)),
  };
}
