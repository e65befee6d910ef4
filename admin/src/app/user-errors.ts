import type { OperationResult } from '@urql/core';
import { userErrorsOf } from '@vitrine/client/user-errors';

/** A refusal. Behaviour follows the code; words come from `error-words`. */
export interface Problem {
  code: string;
  path?: readonly string[] | null;
  currentQuantity?: number;
  /** The variant that is short, and how many of it can be had now. */
  variantId?: string;
  availableQuantity?: number | null;
}

/** Everything that went wrong with one operation, in one shape. */
export const errorsOf = (result: Pick<OperationResult, 'error'>, refusals?: readonly Problem[]): Problem[] =>
  userErrorsOf<Problem>(result.error, refusals);
