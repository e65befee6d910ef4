/** An amount in the currency's smallest unit (bani, cents, yen). Never a fraction. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

// ISO 4217 exponents that are not 2. Source: ISO 4217 list one, 2026.
const EXPONENTS: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
};

export function money(amount: number, currency: string): Money {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`Not an amount in minor units: ${amount}`);
  return { amount, currency };
}

/** Whether the three letters are a currency, of today or of before: what prices of the shop may be in. */
export function isCurrency(code: string): boolean {
  return Intl.supportedValuesOf('currency').includes(code);
}

/** How many decimals the currency has: 2 for RON, 0 for JPY, 3 for KWD. */
export function currencyExponent(currency: string): number {
  return EXPONENTS[currency] ?? 2;
}

/** "34.12" for 3412 RON, "34" for 34 JPY. For machines (JSON-LD, analytics); clients format amounts for people. */
export function toDecimal({ amount, currency }: Money): string {
  const exponent = currencyExponent(currency);
  if (exponent === 0) return String(amount);
  const digits = String(Math.abs(amount)).padStart(exponent + 1, '0');
  const sign = amount < 0 ? '-' : '';
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/**
 * `amount * numerator / denominator`, rounded half away from zero: the one rounding rule of the shop.
 * By BigInt, because the product of an amount and a rate can pass 2^53.
 */
export function scale(amount: number, numerator: number, denominator: number): number {
  const product = BigInt(amount) * BigInt(numerator);
  const divisor = BigInt(denominator);
  const negative = product < 0n !== divisor < 0n;
  const [p, d] = [product < 0n ? -product : product, divisor < 0n ? -divisor : divisor];
  const rounded = (p * 2n + d) / (d * 2n);
  const result = Number(negative ? -rounded : rounded);
  if (!Number.isSafeInteger(result)) throw new RangeError('An amount of money left the safe range');
  return result;
}
