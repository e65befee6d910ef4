import { scale } from '../../kernel/money.js';

export interface NetGross {
  readonly net: number;
  readonly gross: number;
}

/** Splits a tax-inclusive amount: net = gross / (1 + rate), rounded half away from zero; the tax is the rest. */
export function splitTax(gross: number, basisPoints: number): NetGross {
  return { net: scale(gross, 10_000, 10_000 + basisPoints), gross };
}
