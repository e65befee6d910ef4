import { z } from 'zod';
import { defineJob, handleJob, type HandledJob } from '../../platform/jobs/define-job.js';
import type { MailQueue } from './sending/mail-queue.js';
import type { OrderMailData } from './order-for-mail.js';
import type { OwnerAlerts } from './owner-alerts.job.js';

const orderPayload = z.object({ orderId: z.uuid() });

export const orderConfirmationJob = defineJob({
  queue: 'notifications.order-confirmation',
  payload: orderPayload,
  concurrency: 3,
});
export const orderShippedJob = defineJob({ queue: 'notifications.order-shipped', payload: orderPayload });

interface Deps {
  readonly mailQueue: MailQueue;
  readonly details: OrderMailData;
  readonly alerts: OwnerAlerts;
}

/**
 * May run twice: the key lets one mail be queued and one claim send it. The owner is notified of the order as well.
 */
export function sendOrderConfirmation({ mailQueue, details, alerts }: Deps): HandledJob {
  return handleJob(orderConfirmationJob, async ({ orderId }) => {
    const order = await details.orderForMail(orderId);
    if (!order) return;
    const { number, lines, subtotal, shipping, shippingMethod, charges, total, taxes, tenders, due } = order;
    const { payment, address } = order;
    const dedupeKey = `order:${orderId}:confirmation`;
    await mailQueue.queue({
      dedupeKey,
      to: order.email,
      template: 'order-confirmation',
      language: order.language,
      model: {
        number,
        lines,
        subtotal,
        shipping,
        shippingMethod,
        charges,
        taxes,
        total,
        ...(tenders.length > 0 && { tenders, due }),
        payment,
        address,
        link: details.orderLink(orderId),
      },
    });
    await mailQueue.sendNow(dedupeKey);
    await alerts.raise('new-order', { id: orderId, aggregateId: orderId, payload: {} });
  });
}

/** One mail for each shipment: any event of the order queues the mails of all shipments that have none yet. */
export function sendOrderShipped({ mailQueue, details }: Omit<Deps, 'alerts'>): HandledJob {
  return handleJob(orderShippedJob, async ({ orderId }) => {
    const order = await details.orderForMail(orderId);
    for (const { id, ...shipment } of order?.shipments ?? []) {
      if (!order) return;
      const { carrier, trackingNumber, trackingUrl, expectedDelivery, lines } = shipment;
      const dedupeKey = `order:${orderId}:shipped:${id}`;
      await mailQueue.queue({
        dedupeKey,
        to: order.email,
        template: 'order-shipped',
        language: order.language,
        model: {
          number: order.number,
          lines,
          carrier,
          trackingNumber,
          trackingUrl,
          expectedDelivery,
          address: order.address,
          link: details.orderLink(orderId),
        },
      });
      await mailQueue.sendNow(dedupeKey);
    }
  });
}
