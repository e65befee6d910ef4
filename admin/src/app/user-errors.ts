import type { OperationResult } from '@urql/core';
import { userErrorsOf } from '@vitrine/client/user-errors';

/** A user error of the API. Behaviour follows the code; messages come from `error-messages`. */
export interface UserError {
  code: string;
  path?: readonly string[] | null;
  currentQuantity?: number;
  /** The variant without enough stock, and how many units of it are available now. */
  variantId?: string;
  availableQuantity?: number | null;
}

/** All errors of one operation in one shape. */
export const errorsOf = (
  result: Pick<OperationResult, 'error'>,
  userErrors?: readonly UserError[],
): UserError[] => userErrorsOf<UserError>(result.error, userErrors);
