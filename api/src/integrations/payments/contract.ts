import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { money } from '../../kernel/money.js';
import { PaymentOutcomeUnknown, PaymentRefused, type CreateIntent, type PaymentProvider } from './port.js';

export const GOOD_CARD = '4242 4242 4242 4242';
export const DECLINED_CARD = '4000 0000 0000 0002';
export const POOR_CARD = '4000 0000 0000 9995';
export const SLOW_CARD = '4000 0000 0000 3220';

/** An adapter with what a test must do to it from the other side. */
export interface PaymentSubject {
  readonly provider: PaymentProvider;
  /** Pays as the buyer would. */
  confirm(intentReference: string, card: string): Promise<void>;
  /** Lets the bank decide about a slow payment. */
  settle(intentReference: string, outcome: 'succeeded' | 'failed'): Promise<void>;
  /** How many intents the provider holds. */
  countIntents(): Promise<number>;
  /** Makes the next creation happen without its answer arriving. */
  loseNextAnswer?(): void;
  close(): Promise<void>;
}

/** What every payment adapter must do, so that the built-in one cannot drift from the real one. */
export function describePaymentProvider(
  name: string,
  open: () => Promise<PaymentSubject>,
  { isRemote }: { isRemote: boolean },
): void {
  describe(`${name} as a payment provider`, () => {
    let subject: PaymentSubject;

    beforeAll(async () => {
      subject = await open();
    });
    afterAll(() => subject.close());

    it('makes one intent however often the same payment is created', async () => {
      const before = await subject.countIntents();
      const request = aPayment();

      const intents = await Promise.all([1, 2, 3].map(() => subject.provider.createIntent(request)));
      const later = await subject.provider.createIntent(request);

      expect(new Set([...intents, later].map((intent) => intent.reference)).size).toBe(1);
      expect(await subject.countIntents()).toBe(before + 1);
      expect(later).toMatchObject({
        status: 'requires_payment_method',
        amount: request.amount,
        paymentId: request.paymentId,
        failureCode: null,
      });
      expect(later.amountReceived).toEqual(money(0, 'RON'));
      expect(later.clientSecret).toBeTruthy();
    });

    it('refuses to use the key of one payment for another amount', async () => {
      const request = aPayment();
      await subject.provider.createIntent(request);

      const other = subject.provider.createIntent({ ...request, amount: money(99_900, 'RON') });

      await expect(other).rejects.toThrow(PaymentRefused);
    });

    it.each([
      [DECLINED_CARD, 'card_declined'],
      [POOR_CARD, 'insufficient_funds'],
    ])('lets the buyer try another card after %s was declined', async (card, failureCode) => {
      const { provider } = subject;
      const { reference } = await provider.createIntent(aPayment());

      await subject.confirm(reference, card);
      const declined = await provider.retrieveIntent(reference);
      await subject.confirm(reference, GOOD_CARD);
      const paid = await provider.retrieveIntent(reference);

      expect(declined).toMatchObject({
        status: 'requires_payment_method',
        failureCode,
        amountReceived: money(0, 'RON'),
      });
      expect(paid).toMatchObject({
        status: 'succeeded',
        failureCode: null,
        amountReceived: money(12_900, 'RON'),
      });
    });

    it.each([
      ['succeeded', 'succeeded', 12_900],
      ['failed', 'requires_payment_method', 0],
    ] as const)(
      'keeps a slow payment in processing until the bank says %s',
      async (outcome, status, received) => {
        const { provider } = subject;
        const { reference } = await provider.createIntent(aPayment());

        await subject.confirm(reference, SLOW_CARD);
        const waiting = await provider.retrieveIntent(reference);
        const notCancelled = await provider.cancelIntent(reference);
        await subject.settle(reference, outcome);
        const settled = await provider.retrieveIntent(reference);

        expect(waiting).toMatchObject({ status: 'processing', amountReceived: money(0, 'RON') });
        expect(notCancelled.status).toBe('processing');
        expect(settled).toMatchObject({ status, amountReceived: money(received, 'RON') });
      },
    );

    it('cancels an unpaid intent, and answers the same when asked twice', async () => {
      const { reference } = await subject.provider.createIntent(aPayment());

      const first = await subject.provider.cancelIntent(reference);
      const second = await subject.provider.cancelIntent(reference);

      expect([first.status, second.status]).toEqual(['canceled', 'canceled']);
    });

    it('answers "succeeded" to a cancellation that came too late', async () => {
      const reference = await paid(subject);

      const answer = await subject.provider.cancelIntent(reference);

      expect(answer).toMatchObject({ reference, status: 'succeeded', amountReceived: money(12_900, 'RON') });
    });

    it('refunds once however often the same refund is asked for', async () => {
      const refund = aRefund(await paid(subject), 12_900);

      const made = await Promise.all([1, 2, 3].map(() => subject.provider.refund(refund)));
      const later = await subject.provider.refund(refund);

      expect(new Set([...made, later].map(({ reference }) => reference)).size).toBe(1);
      expect(await subject.provider.retrieveRefund(later.reference)).toEqual({
        reference: later.reference,
        status: 'succeeded',
      });
    });

    it('never gives back more than was paid', async () => {
      const reference = await paid(subject);
      await subject.provider.refund(aRefund(reference, 10_000));

      const tooMuch = subject.provider.refund(aRefund(reference, 2_901));
      await expect(tooMuch).rejects.toThrow(PaymentRefused);
      await subject.provider.refund(aRefund(reference, 2_900));

      await expect(subject.provider.refund(aRefund(reference, 1))).rejects.toMatchObject({
        code: 'charge_already_refunded',
      });
    });

    it('refuses to refund what was never paid', async () => {
      const { reference } = await subject.provider.createIntent(aPayment());

      await expect(subject.provider.refund(aRefund(reference, 100))).rejects.toThrow(PaymentRefused);
    });

    it('says no to references it does not know', async () => {
      const { provider } = subject;

      const answers = [
        provider.retrieveIntent('pi_nothing'),
        provider.cancelIntent('pi_nothing'),
        provider.refund(aRefund('pi_nothing', 100)),
        provider.retrieveRefund('re_nothing'),
      ];

      await Promise.all(
        answers.map((answer) => expect(answer).rejects.toMatchObject({ code: 'resource_missing' })),
      );
    });

    it('refuses less than its minimum, which it tells beforehand', async () => {
      const tooLittle = { ...aPayment(), amount: money(subject.provider.minimumAmount('RON') - 1, 'RON') };

      await expect(subject.provider.createIntent(tooLittle)).rejects.toMatchObject({
        code: 'amount_too_small',
      });
    });

    // Where no wire is between us, no answer can be lost.
    if (isRemote) {
      it('finds the first intent again after its answer was lost', async () => {
        const before = await subject.countIntents();
        const request = aPayment();

        subject.loseNextAnswer?.();
        await expect(subject.provider.createIntent(request)).rejects.toThrow(PaymentOutcomeUnknown);
        const found = await subject.provider.createIntent(request);

        expect(found.paymentId).toBe(request.paymentId);
        expect(await subject.countIntents()).toBe(before + 1);
      });
    }
  });
}

export function aPayment(): CreateIntent {
  const paymentId = randomUUID();
  return {
    paymentId,
    orderId: randomUUID(),
    amount: money(12_900, 'RON'),
    idempotencyKey: `pi:${paymentId}`,
  };
}

function aRefund(intentReference: string, amount: number): Parameters<PaymentProvider['refund']>[0] {
  const refundId = randomUUID();
  return { intentReference, amount: money(amount, 'RON'), idempotencyKey: `re:${refundId}`, refundId };
}

async function paid(subject: PaymentSubject): Promise<string> {
  const { reference } = await subject.provider.createIntent(aPayment());
  await subject.confirm(reference, GOOD_CARD);
  return reference;
}
