import Stripe from 'stripe';
import { PaymentOutcomeUnknown, PaymentRejectedError, type UnknownBecause } from '../port.js';

/**
 * Runs a call to Stripe and converts its error into one of the port's two errors.
 *
 * Only an error about this very request is a rejection. A rejected API key or a rate limit is no statement about the
 * payment, so it counts as unknown: no order may be cancelled because the shop's key was changed.
 *
 * @throws PaymentRejectedError | PaymentOutcomeUnknown; errors that are not Stripe's are rethrown
 */
export async function asDomainError<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw toPortError(error);
  }
}

/** Stripe's error as one of the port's; any other error as it is. */
export function toPortError(error: unknown): unknown {
  if (!(error instanceof Stripe.errors.StripeError)) return error;
  return isFinal(error)
    ? new PaymentRejectedError(error.code ?? error.rawType ?? 'refused', error.message)
    : new PaymentOutcomeUnknown(
        `Stripe: ${error.code ?? error.type} ${error.requestId ?? ''}`.trim(),
        becauseOf(error),
        { cause: withoutBodies(error) },
      );
}

function isFinal(error: InstanceType<typeof Stripe.errors.StripeError>): boolean {
  if (error.code === 'idempotency_key_in_use' || error.code === 'lock_timeout') return false;
  const { StripeCardError, StripeInvalidRequestError, StripeIdempotencyError } = Stripe.errors;
  return [StripeCardError, StripeInvalidRequestError, StripeIdempotencyError].some(
    (type) => error instanceof type,
  );
}

/** Stripe stores the result of each key once processing began, its own failures included, and marks the repeats. */
function becauseOf({ statusCode, headers }: InstanceType<typeof Stripe.errors.StripeError>): UnknownBecause {
  if (statusCode === 401 || statusCode === 403) return 'LOCKED_OUT';
  if (!statusCode) return 'NO_ANSWER';
  if (statusCode < 500) return 'BUSY';
  return headers?.['idempotent-replayed'] === 'true' ? 'REPLAYED' : 'FAILED';
}

/** An error that may be logged: Stripe's own contains the whole intent, client secret included. */
function withoutBodies({
  type,
  code,
  statusCode,
  requestId,
  message,
}: InstanceType<typeof Stripe.errors.StripeError>): object {
  return { type, code, statusCode, requestId, message };
}
