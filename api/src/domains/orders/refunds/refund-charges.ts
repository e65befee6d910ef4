import { InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import type { LocalizedText } from '../../../kernel/languages.js';
import { spread, type ChargeRate } from '../../pricing/index.js';
import type { StoredCharge } from '../placing/stored-adjustment.js';
import { taxStep } from './tax-step.js';

/** What a charge or the delivery costs at one tax rate, with what earlier decisions refunded of it. */
export interface RefundableRate {
  readonly basisPoints: number;
  readonly net: number;
  readonly gross: number;
  readonly givenBack: number;
  /** The tax in it. */
  readonly givenBackTax: number;
}

/** A charge of an order, with what earlier decisions refunded of it. */
export interface RefundableCharge {
  readonly code: string;
  readonly name: LocalizedText;
  readonly gross: number;
  readonly givenBack: number;
  readonly rates: readonly RefundableRate[];
}

/** A part of a charge, tax included, minor units. */
export interface RequestedRefundCharge {
  readonly code: string;
  readonly amount: number;
}

/** What is refunded at one tax rate, as the refund stores it and the credit note shows it. */
export interface RefundedRate {
  readonly basisPoints: number;
  readonly amount: number;
  /** The tax in it. */
  readonly tax: number;
}

/** What is refunded of a charge at one tax rate. */
export interface RefundedCharge extends RefundedRate {
  readonly code: string;
  readonly name: LocalizedText;
}

/** The charges of an order with what went back of each. */
export function refundableCharges(
  charges: readonly StoredCharge[],
  givenBack: readonly RefundedCharge[],
): RefundableCharge[] {
  return charges.map(({ code, name, amount: gross, rates }) => {
    const parts = givenBack.filter((part) => part.code === code);
    return {
      ...{ code, name, gross },
      givenBack: parts.reduce((sum, { amount }) => sum + amount, 0),
      rates: refundableRates(rates, parts),
    };
  });
}

/** The tax rates of a charge or of the delivery with what went back of each. */
export function refundableRates(
  rates: readonly ChargeRate[],
  givenBack: readonly RefundedRate[],
): RefundableRate[] {
  return rates.map(({ basisPoints, net, amount }) => {
    const ofRate = givenBack.filter((part) => part.basisPoints === basisPoints);
    return {
      ...{ basisPoints, net, gross: amount },
      givenBack: ofRate.reduce((sum, part) => sum + part.amount, 0),
      givenBackTax: ofRate.reduce((sum, { tax }) => sum + tax, 0),
    };
  });
}

/**
 * Plans the requested parts of charges.
 *
 * @throws InvalidInputError | NotFoundError for a request that fits no charge, or beside a plain amount
 */
export function planCharges(
  ledger: { readonly charges: readonly RefundableCharge[] },
  requested: { readonly charges?: readonly RequestedRefundCharge[]; readonly amount: number | null },
): RefundedCharge[] {
  const { charges = [], amount } = requested;
  if (amount !== null && charges.length > 0)
    throw new InvalidInputError('Give a plain amount, or parts of charges.', ['charges']);
  if (new Set(charges.map(({ code }) => code)).size < charges.length)
    throw new InvalidInputError('Each charge may stand once in a refund.', ['charges']);
  return charges.flatMap(({ code, amount: wanted }, i) => {
    const charge = ledger.charges.find((candidate) => candidate.code === code);
    if (!charge) throw new NotFoundError('charge of this order', ['charges', String(i), 'code']);
    const left = Math.max(0, charge.gross - charge.givenBack);
    if (!Number.isInteger(wanted) || wanted < 1 || wanted > left) {
      const message = `Of this charge ${left} minor units can go back.`;
      throw new InvalidInputError(message, ['charges', String(i), 'amount']);
    }
    return partOf(charge.rates, wanted).map((part) => ({ code, name: charge.name, ...part }));
  });
}

/**
 * A part of what has several tax rates is shared by what is left of each (largest remainder), so that all of it is
 * refunded when nothing is left of any. Rates without a share are left out.
 */
export function partOf(rates: readonly RefundableRate[], wanted: number): RefundedRate[] {
  const items = rates.map(({ basisPoints }) => ({ unitPrice: 0, quantity: 1, taxBasisPoints: basisPoints }));
  const left = rates.map(({ gross, givenBack }) => Math.max(0, gross - givenBack));
  const shares = spread(items, left, wanted);
  return rates.flatMap((rate, i) => {
    const amount = shares[i] ?? 0;
    if (amount === 0) return [];
    const tax = taxStep(rate, { amount: rate.givenBack, tax: rate.givenBackTax }, amount);
    return [{ basisPoints: rate.basisPoints, amount, tax }];
  });
}
