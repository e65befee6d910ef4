import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deliver, eventOf, type DeliveryOptions } from './stripe-events.js';
import { StripeLedger } from './stripe-ledger.js';
import type { StripeDispute, StripeEvent, StripeIntent, StripeRefund } from './stripe-objects.js';
import {
  answer,
  STRIPE_TEST_KEY,
  type StripeFailure,
  type StripeOperation,
  type StripeRequest,
  type StripeState,
} from './stripe-requests.js';

export type { StripeFailure } from './stripe-requests.js';

export interface StripeServer {
  readonly url: string;
  readonly secretKey: string;
  /** All requests, in order. */
  readonly requests: readonly StripeRequest[];
  readonly intents: ReadonlyMap<string, StripeIntent>;
  readonly refunds: ReadonlyMap<string, StripeRefund>;
  /** Pays as the buyer's browser does: a decline comes back as the intent's `last_payment_error`. */
  confirm(intentId: string, card: string): StripeIntent;
  /** The bank decides about an intent in `processing`. */
  settle(intentId: string, outcome: 'succeeded' | 'failed'): StripeIntent;
  /** Refunds made from now on begin in this state. */
  refundsBecome(status: StripeRefund['status']): void;
  /** A refund changes its state, days later perhaps. */
  changeRefund(refundId: string, status: StripeRefund['status']): StripeRefund;
  /** A refund that somebody made at Stripe's dashboard. */
  refundAtDashboard(intentId: string, amount: number): StripeRefund;
  /** Captures an authorization. */
  capture(intentId: string): StripeIntent;
  /** Expires an authorization. */
  lapse(intentId: string): StripeIntent;
  /** Opens a dispute about a payment. */
  openDispute(intentId: string, reason?: string): StripeDispute;
  /** Sets the dispute's status: `under_review`, `won`, `lost`. */
  changeDispute(disputeId: string, status: string): StripeDispute;
  /** An event that Stripe could not deliver: it is only in the event list. */
  missEvent(eventType: string, object: object): StripeEvent;
  /** Signs an event with the object's present state and sends it as Stripe does. */
  deliver(
    eventType: string,
    intentId: string,
    to: string,
    secret: string,
    options?: DeliveryOptions,
  ): Promise<Response>;
  failNext(operation: StripeOperation, failure: StripeFailure, times?: number): void;
  /** From now on (true) lists do not show what is made; with false they show all of it. */
  listsAreLate(isLate: boolean): void;
  /** Forgets all idempotency keys, as Stripe does after a day. */
  forgetKeys(): void;
  /** Removes the remaining failures. */
  recover(): void;
  close(): Promise<void>;
}

/** A local substitute for Stripe, as strict about keys, parameters and states as the real one. */
export async function startStripeServer(): Promise<StripeServer> {
  const ledger = new StripeLedger();
  const requests: StripeRequest[] = [];
  const failures: StripeState['failures'] = [];
  const server = createServer((request, response) => {
    answer(request, response, { ledger, requests, failures }).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    secretKey: STRIPE_TEST_KEY,
    requests,
    intents: ledger.intents,
    refunds: ledger.refunds,
    confirm: (intentId, card) => ledger.confirm(intentId, card),
    settle: (intentId, outcome) => ledger.settle(intentId, outcome),
    refundsBecome: (status) => void (ledger.newRefundStatus = status),
    changeRefund: (refundId, status) => Object.assign(ledger.refund(refundId), { status }),
    refundAtDashboard: (intentId, amount) =>
      ledger.createRefund({ payment_intent: intentId, amount: String(amount) }),
    capture: (intentId) => ledger.capture(intentId, {}),
    lapse: (intentId) => ledger.lapse(intentId),
    openDispute: (intentId, reason) => ledger.dispute(intentId, reason),
    changeDispute: (disputeId, status) => Object.assign(ledger.disputeOf(disputeId), { status }),
    missEvent: (eventType, object) => {
      const event = eventOf(`evt_${randomBytes(12).toString('hex')}`, eventType, object, false);
      ledger.events.set(event.id, event);
      return event;
    },
    deliver: (eventType, intentId, to, secret, options) =>
      deliver(ledger, { eventType, intentId, to, secret }, options),
    failNext: (operation, failure, times = 1) =>
      void failures.push(...Array.from({ length: times }, () => ({ operation, failure }))),
    listsAreLate: (isLate) => void (ledger.isListLate = isLate),
    forgetKeys: () => ledger.forgetKeys(),
    recover: () => void failures.splice(0),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
