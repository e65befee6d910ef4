import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { money } from '../../kernel/money.js';
import { PaymentOutcomeUnknown, PaymentRejectedError } from './port.js';
import {
  GOOD_CARD,
  DECLINED_CARD,
  POOR_CARD,
  SLOW_CARD,
  aPayment,
  aRefund,
  all,
  paid,
  type PaymentSubject,
} from './contract-subject.js';

/** The contract of every payment adapter, so that the built-in one cannot diverge from the real one. */
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

      await expect(other).rejects.toThrow(PaymentRejectedError);
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
        intentReference: refund.intentReference,
        amount: money(12_900, 'RON'),
        refundId: refund.refundId,
        failureCode: null,
      });
    });

    it('never gives back more than was paid', async () => {
      const reference = await paid(subject);
      await subject.provider.refund(aRefund(reference, 10_000));

      const tooMuch = subject.provider.refund(aRefund(reference, 2_901));
      await expect(tooMuch).rejects.toThrow(PaymentRejectedError);
      await subject.provider.refund(aRefund(reference, 2_900));

      await expect(subject.provider.refund(aRefund(reference, 1))).rejects.toMatchObject({
        code: 'charge_already_refunded',
      });
    });

    it('refuses to refund what was never paid', async () => {
      const { reference } = await subject.provider.createIntent(aPayment());

      await expect(subject.provider.refund(aRefund(reference, 100))).rejects.toThrow(PaymentRejectedError);
    });

    it('says no to references it does not know', async () => {
      const { provider } = subject;

      const answers = [
        provider.retrieveIntent('pi_nothing'),
        provider.cancelIntent('pi_nothing'),
        provider.refund(aRefund('pi_nothing', 100)),
        provider.retrieveRefund('re_nothing'),
        provider.captureIntent('pi_nothing'),
        provider.retrieveDispute('du_nothing'),
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

    it('only authorizes the money of a manual payment, and takes it once when asked to', async () => {
      const { provider } = subject;
      const { reference } = await provider.createIntent({ ...aPayment(), captureMethod: 'MANUAL' });
      const unpaid = await provider.captureIntent(reference);

      await subject.confirm(reference, GOOD_CARD);
      const reserved = await provider.retrieveIntent(reference);
      const taken = await Promise.all([1, 2, 3].map(() => provider.captureIntent(reference)));
      const later = await provider.captureIntent(reference);

      expect(unpaid.status).toBe('requires_payment_method');
      expect(reserved).toMatchObject({ status: 'requires_capture', amountReceived: money(0, 'RON') });
      for (const answer of [...taken, later])
        expect(answer).toMatchObject({ status: 'succeeded', amountReceived: money(12_900, 'RON') });
    });

    it('gives authorized money back when it is cancelled, and takes it no more', async () => {
      const { provider } = subject;
      const { reference } = await provider.createIntent({ ...aPayment(), captureMethod: 'MANUAL' });
      await subject.confirm(reference, GOOD_CARD);

      const cancelled = await provider.cancelIntent(reference);
      const tooLate = await provider.captureIntent(reference);

      expect([cancelled.status, tooLate.status]).toEqual(['canceled', 'canceled']);
      await expect(provider.refund(aRefund(reference, 100))).rejects.toThrow(PaymentRejectedError);
    });

    it('finds an intent by our payment, and lists all of them', async () => {
      const { provider } = subject;
      const request = aPayment();
      const since = new Date(Date.now() - 60_000);
      const { reference } = await provider.createIntent(request);

      const found = await provider.findIntent(request.paymentId, since);
      const nothing = await provider.findIntent(randomUUID(), since);
      const listed = await all(provider.listIntents(since));

      expect(found).toMatchObject({ reference, paymentId: request.paymentId });
      expect(nothing).toBeNull();
      expect(listed).toHaveLength(await subject.countIntents());
      expect(listed.map((intent) => intent.reference)).toContain(reference);
    });

    it('lists the refunds of a payment, and all of them', async () => {
      const { provider } = subject;
      const reference = await paid(subject);
      const refunds = [aRefund(reference, 1_000), aRefund(reference, 2_000)];
      for (const part of refunds) await provider.refund(part);

      const ofThis = await provider.refundsOf(reference);
      const listed = await all(provider.listRefunds(new Date(Date.now() - 60_000)));

      expect(new Set(ofThis.map(({ refundId }) => refundId))).toEqual(
        new Set(refunds.map(({ refundId }) => refundId)),
      );
      for (const refund of ofThis) expect(listed).toContainEqual(refund);
    });

    it('refunds nothing that is disputed, and says what the dispute is about', async () => {
      const { provider } = subject;
      const reference = await paid(subject);
      const disputeReference = await subject.openDispute(reference);

      const dispute = await provider.retrieveDispute(disputeReference);
      const listed = await all(provider.listDisputes(new Date(Date.now() - 60_000)));

      expect(dispute).toMatchObject({
        reference: disputeReference,
        intentReference: reference,
        amount: money(12_900, 'RON'),
        status: 'NEEDS_RESPONSE',
      });
      expect(dispute.evidenceDueAt?.getTime()).toBeGreaterThan(Date.now());
      expect(listed).toContainEqual(dispute);
      await expect(provider.refund(aRefund(reference, 100))).rejects.toMatchObject({
        code: 'charge_disputed',
      });
    });

    it.each([
      ['199 bani', money(199, 'RON'), 'TOO_SMALL'],
      ['49 yen', money(49, 'JPY'), 'TOO_SMALL'],
      ['a dinar with a third decimal', money(10_005, 'KWD'), 'TOO_FINE'],
      ['nine digits', money(100_000_000, 'RON'), 'TOO_LARGE'],
      ['50 yen', money(50, 'JPY'), null],
      ['a dinar', money(10_000, 'KWD'), null],
      ['krónur', money(500, 'ISK'), null],
    ])('says beforehand whether it takes %s', (_what, amount, rejection) => {
      expect(subject.provider.amountRejectionOf(amount)).toBe(rejection);
    });

    // Without a network no response can be lost.
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
