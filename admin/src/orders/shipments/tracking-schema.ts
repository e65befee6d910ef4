import { z } from 'zod';

/** Tracking data of a shipment; every field is optional. */
export const trackingSchema = (t: (key: string) => string) =>
  z.object({
    carrier: z.string().trim(),
    trackingNumber: z.string().trim(),
    trackingUrl: z.union([z.literal(''), z.url({ protocol: /^https?$/, error: t('shipment.urlInvalid') })]),
  });
