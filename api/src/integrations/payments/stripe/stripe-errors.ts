import Stripe from 'stripe';
import { PaymentOutcomeUnknown, PaymentRejectedError, type UnknownBecause } from '../port.js';

/**
 * Runs a call to Stripe and tells its failure in the port's two words.
 *
 * Only an answer about this very request is a refusal. A rejected key or a rate limit says nothing about the
 * payment, so it counts as unknown too: nobody may cancel an order because the shop's own key was changed.
 *
 * @throws PaymentRejectedError | PaymentOutcomeUnknown; anything that is not Stripe's flies on
 */
export async function asDomainError<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw told(error);
  }
}

/** Every item of a list, page by page, with failures in the port's words. */
export async function* listed<T>(list: AsyncIterable<T>): AsyncIterable<T> {
  try {
    yield* list;
  } catch (error) {
    throw told(error);
  }
}

function told(error: unknown): unknown {
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

/** Stripe keeps the answer of each key once the work began, failures of its own included, and marks the repeats. */
function becauseOf({ statusCode, headers }: InstanceType<typeof Stripe.errors.StripeError>): UnknownBecause {
  if (statusCode === 401 || statusCode === 403) return 'LOCKED_OUT';
  if (!statusCode) return 'NO_ANSWER';
  if (statusCode < 500) return 'BUSY';
  return headers?.['idempotent-replayed'] === 'true' ? 'REPLAYED' : 'FAILED';
}

/** An error to log: Stripe's own carries the whole intent, client secret included. */
function withoutBodies({
  type,
  code,
  statusCode,
  requestId,
  message,
}: InstanceType<typeof Stripe.errors.StripeError>): object {
  return { type, code, statusCode, requestId, message };
}
