import type { OperationResult } from '@urql/core';
import { refusalsOf } from '@vitrine/client/refusals';

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
export const problemsOf = (
  result: Pick<OperationResult, 'error'>,
  refusals?: readonly Problem[],
): Problem[] => refusalsOf<Problem>(result.error, refusals);
