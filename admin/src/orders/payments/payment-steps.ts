import type { Client } from '@urql/core';
import type { Answer } from '../../app/useIntent';
import {
  PaymentAcceptDocument,
  PaymentCaptureDocument,
  PaymentMarkReceivedDocument,
} from '../../generated/orders/graphql';
import type { Step } from '../useOrderActions';

type Run = (send: (step: Step) => Promise<Answer>, done: string) => Promise<boolean>;

/** The staff actions on the payments of an order. */
export function paymentSteps(run: Run, client: Client, t: (key: string) => string) {
  const capture = (): Promise<boolean> =>
    run(async (input) => {
      const result = await client.mutation(PaymentCaptureDocument, { input });
      return { result, userErrors: result.data?.paymentCapture.errors };
    }, t('capture.done'));

  /** `part` is what the courier collected when a shipment was refused; null for the whole price. */
  const markReceived = (note: string, part: { amount: number; restock: boolean } | null): Promise<boolean> =>
    run(async (step) => {
      const input = { ...step, note: note || null, ...part };
      const result = await client.mutation(PaymentMarkReceivedDocument, { input });
      return { result, userErrors: result.data?.paymentMarkReceived.errors };
    }, t('received.done'));

  /** `expectedAmount` is what came in, as the user saw it. */
  const acceptPayment = (expectedAmount: number): Promise<boolean> =>
    run(async (step) => {
      const input = { ...step, expectedAmount };
      const result = await client.mutation(PaymentAcceptDocument, { input });
      return { result, userErrors: result.data?.paymentAccept.errors };
    }, t('acceptPayment.done'));

  return { capture, markReceived, acceptPayment };
}
