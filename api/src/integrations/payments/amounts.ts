import { currencyExponent, money, type Money } from '../../kernel/money.js';
import { PaymentRejectedError, type AmountRejection } from './port.js';

/*
 * The amounts that Stripe takes, and the same amounts in Stripe's units. The test provider refuses the same amounts, so
 * that a shop which works with the one works with the other.
 */

// Stripe's own lists (docs.stripe.com/currencies). They differ from ISO 4217: MGA has no decimals here, ISK and UGX
// have two that must be zero.
const ZERO_DECIMAL = new Set([
  'BIF',
  'CLP',
  'DJF',
  'GNF',
  'JPY',
  'KMF',
  'KRW',
  'MGA',
  'PYG',
  'RWF',
  'VND',
  'VUV',
  'XAF',
  'XOF',
  'XPF',
]);
const THREE_DECIMAL = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

// In our minor units: HUF 175.00, ISK has none listed.
const MINIMUM: Readonly<Record<string, number>> = {
  AED: 200,
  AUD: 50,
  BGN: 100,
  BRL: 50,
  CAD: 50,
  CHF: 50,
  CZK: 1_500,
  DKK: 250,
  EUR: 50,
  GBP: 30,
  HKD: 400,
  HUF: 17_500,
  INR: 50,
  JPY: 50,
  MXN: 1_000,
  MYR: 200,
  NOK: 300,
  NZD: 50,
  PLN: 200,
  RON: 200,
  SEK: 300,
  SGD: 50,
  THB: 1_000,
  USD: 50,
};

/**
 * The smallest amount that Stripe accepts, in our minor units; 1 for a currency whose minimum Stripe does not publish.
 */
export function minimumAmount(currency: string): number {
  return MINIMUM[currency] ?? 1;
}

// Eight digits in Stripe's integer.
const MOST = 99_999_999;

/** Why Stripe could never accept this amount, or null if it can. */
export function amountRejectionOf(value: Money): AmountRejection | null {
  const converted = convert(value);
  if (converted === null) return 'TOO_FINE';
  if (value.amount < minimumAmount(value.currency)) return 'TOO_SMALL';
  return converted > MOST ? 'TOO_LARGE' : null;
}

/**
 * Stripe's integer for this amount: the same value with Stripe's number of decimals.
 *
 * @throws PaymentRejectedError if Stripe cannot represent exactly this amount; it is never rounded
 */
export function toStripeAmount(value: Money): number {
  const converted = convert(value);
  if (converted === null) {
    throw new PaymentRejectedError(
      'amount_not_representable',
      `Stripe cannot take an amount this fine in ${value.currency}.`,
    );
  }
  return converted;
}

/** Null if Stripe cannot represent exactly this amount: three decimals must end in 0. */
function convert({ amount, currency }: Money): number | null {
  const converted = shift(amount, stripeExponent(currency) - currencyExponent(currency));
  return converted !== null && THREE_DECIMAL.has(currency) && converted % 10 !== 0 ? null : converted;
}

/** Our amount for Stripe's integer and lower-case currency. */
export function fromStripeAmount(stripeAmount: number, stripeCurrency: string): Money {
  if (!Number.isSafeInteger(stripeAmount))
    throw new TypeError('Stripe returned an amount that is no integer');
  const currency = stripeCurrency.toUpperCase();
  const amount = shift(stripeAmount, currencyExponent(currency) - stripeExponent(currency));
  if (amount === null) throw new RangeError(`Stripe returned a fraction of the smallest unit of ${currency}`);
  return money(amount, currency);
}

function stripeExponent(currency: string): number {
  if (ZERO_DECIMAL.has(currency)) return 0;
  return THREE_DECIMAL.has(currency) ? 3 : 2;
}

/** `value * 10^places`, or null if that is not a whole number. */
function shift(value: number, places: number): number | null {
  if (places >= 0) return value * 10 ** places;
  const divisor = 10 ** -places;
  return value % divisor === 0 ? value / divisor : null;
}
