import { randomUUID } from 'node:crypto';
import { money } from '../../kernel/money.js';
import type { CreateIntent, PaymentProvider } from './port.js';

export const GOOD_CARD = '4242 4242 4242 4242';
export const DECLINED_CARD = '4000 0000 0000 0002';
export const POOR_CARD = '4000 0000 0000 9995';
export const SLOW_CARD = '4000 0000 0000 3220';

/** An adapter with the controls of its simulated provider. */
export interface PaymentSubject {
  readonly provider: PaymentProvider;
  /** Pays as the buyer's browser would. */
  confirm(intentReference: string, card: string): Promise<void>;
  /** Makes the bank decide about a slow payment. */
  settle(intentReference: string, outcome: 'succeeded' | 'failed'): Promise<void>;
  /** The number of intents at the provider. */
  countIntents(): Promise<number>;
  /** Opens a dispute about a payment; returns its reference. */
  openDispute(intentReference: string): Promise<string>;
  /** Makes the next creation succeed at the provider without its response arriving. */
  loseNextAnswer?(): void;
  close(): Promise<void>;
}

export function aPayment(): CreateIntent {
  const paymentId = randomUUID();
  return {
    paymentId,
    orderId: randomUUID(),
    amount: money(12_900, 'RON'),
    captureMethod: 'AUTOMATIC',
    idempotencyKey: `pi:${paymentId}`,
  };
}

export async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of list) items.push(item);
  return items;
}

export function aRefund(intentReference: string, amount: number): Parameters<PaymentProvider['refund']>[0] {
  const refundId = randomUUID();
  return { intentReference, amount: money(amount, 'RON'), idempotencyKey: `re:${refundId}`, refundId };
}

export async function paid(subject: PaymentSubject): Promise<string> {
  const { reference } = await subject.provider.createIntent(aPayment());
  await subject.confirm(reference, GOOD_CARD);
  return reference;
}
