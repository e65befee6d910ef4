import type { CombinedError } from '@urql/core';
import type { ErrorCode } from '../../generated/cart/graphql';
import { useI18n } from './i18n';

export interface UserErrorData {
  code: ErrorCode;
  /** Null when the available quantity is above the number that is shown to buyers, yet below the requested one. */
  availableQuantity?: number | null;
}

export interface ErrorMessages {
  /** One message per user error in the customer's language. The API's own message is never shown. */
  ofError: (problem: UserErrorData) => string;
  /** For a failed request, or a top-level error of the API. */
  ofFailure: (failure: CombinedError) => string;
  /** For an action whose code could not be fetched. */
  ofCodeLoading: () => string;
  /** All error messages of a mutation; empty on success. */
  ofOutcome: (problems: readonly UserErrorData[] | undefined, failure: CombinedError | undefined) => string[];
}

/** Translates error codes. Behaviour follows the code; messages are only shown. */
export function useErrorMessages(): ErrorMessages {
  const { t, te } = useI18n();

  function ofError(problem: UserErrorData): string {
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
    return code === 'RATE_LIMITED' || code === 'BUSY' ? t(`errors.${code}`) : t('errors.unexpected');
  }

  return {
    ofError,
    ofFailure,
    ofCodeLoading: () => t('errors.network'),
    ofOutcome: (problems, failure) => (failure ? [ofFailure(failure)] : (problems ?? []).map(ofError)),
  };
}
