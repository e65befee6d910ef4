import { randomUUID } from 'node:crypto';
import { buy, order } from './api.ts';

export interface Sale {
  readonly number: string;
  readonly email: string;
  /** Requests the return of one unit of the first line. Returns the number of the return. */
  askReturn(): Promise<string>;
}

/** A guest orders two units of one product by bank transfer. Returns the order's number. */
export async function orderUnpaid(productSlug: string, email: string): Promise<string> {
  return (await order(productSlug, { quantity: 2, email, paymentMethod: 'BANK_TRANSFER' })).number;
}

/** A guest orders two units of one product and pays by card. */
export async function sell(productSlug: string, email: string): Promise<Sale> {
  const { guest, number, token, lines } = await buy(productSlug, 2, email);
  return {
    number,
    email,
    async askReturn() {
      const asked = await guest.do(
        'returnRequest',
        'ReturnRequestInput',
        {
          orderToken: token,
          lines: [{ orderLineId: lines[0]?.id, quantity: 1 }],
          reason: 'CHANGED_MIND',
          resolution: 'REFUND',
          comment: 'It is lovely, but too small for us.',
          idempotencyKey: randomUUID(),
        },
        'return { number }',
      );
      return asked['return'].number;
    },
  };
}
