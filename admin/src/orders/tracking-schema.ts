import { z } from 'zod';

/** How a parcel can be followed; nothing of it must be known. */
export const trackingSchema = (t: (key: string) => string) =>
  z.object({
    carrier: z.string().trim(),
    trackingNumber: z.string().trim(),
    trackingUrl: z.union([z.literal(''), z.url({ protocol: /^https?$/, error: t('shipment.urlInvalid') })]),
  });
