import type { Stripe, StripeElementLocale } from '@stripe/stripe-js';

const PATIENCE = 10_000;

/**
 * Stripe's script, or a rejection after ten seconds.
 *
 * Without the timer the page would wait for ever on a network that drops the request.
 */
export async function loadStripeInTime(publishableKey: string, language: string): Promise<Stripe> {
  const { loadStripe } = await import('@stripe/stripe-js/pure');
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('Stripe did not answer in time')), PATIENCE);
  });
  try {
    const stripe = await Promise.race([
      loadStripe(publishableKey, {
        // Stripe falls back to the browser's language for one that it does not speak.
        locale: language as StripeElementLocale,
      }),
      patience,
    ]);
    if (!stripe) throw new Error('Stripe could not start');
    return stripe;
  } finally {
    clearTimeout(timer);
  }
}
