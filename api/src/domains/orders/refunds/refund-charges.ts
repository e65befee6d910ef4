import { InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import type { LocalizedText } from '../../../kernel/languages.js';
import { taxStep } from './tax-step.js';

/** A charge of an order, with what earlier decisions refunded of it. */
export interface RefundableCharge {
  readonly code: string;
  readonly name: LocalizedText;
  readonly basisPoints: number;
  readonly net: number;
  readonly gross: number;
  readonly givenBack: number;
  /** The tax in it. */
  readonly givenBackTax: number;
}

/** A part of a charge, tax included, minor units. */
export interface RequestedRefundCharge {
  readonly code: string;
  readonly amount: number;
}

/** What is refunded of a charge, as the refund stores it and the credit note shows it. */
export interface RefundedCharge {
  readonly code: string;
  readonly name: LocalizedText;
  readonly basisPoints: number;
  readonly amount: number;
  /** The tax in it. */
  readonly tax: number;
}

/** @throws InvalidInputError | NotFoundError for a request that fits no charge, or beside a plain amount */
export function planCharges(
  ledger: { readonly charges: readonly RefundableCharge[] },
  requested: { readonly charges?: readonly RequestedRefundCharge[]; readonly amount: number | null },
): RefundedCharge[] {
  const { charges = [], amount } = requested;
  if (amount !== null && charges.length > 0)
    throw new InvalidInputError('Give a plain amount, or parts of charges.', ['charges']);
  if (new Set(charges.map(({ code }) => code)).size < charges.length)
    throw new InvalidInputError('Each charge may stand once in a refund.', ['charges']);
  return charges.map(({ code, amount: wanted }, i) => {
    const charge = ledger.charges.find((candidate) => candidate.code === code);
    if (!charge) throw new NotFoundError('charge of this order', ['charges', String(i), 'code']);
    const left = Math.max(0, charge.gross - charge.givenBack);
    if (!Number.isInteger(wanted) || wanted < 1 || wanted > left) {
      const message = `Of this charge ${left} minor units can go back.`;
      throw new InvalidInputError(message, ['charges', String(i), 'amount']);
    }
    const { name, basisPoints } = charge;
    const tax = taxStep(charge, { amount: charge.givenBack, tax: charge.givenBackTax }, wanted);
    return { code, name, basisPoints, amount: wanted, tax };
  });
}
