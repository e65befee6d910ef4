import { z } from 'zod';
import { defineEvent } from '../../../platform/jobs/define-event.js';

const onOccasion =
  (kind: string) =>
  ({ aggregateId }: { readonly aggregateId: string }, occasion: string): string =>
    `${kind}/${aggregateId}/${occasion}`;

/** The occasion distinguishes repeated requests for the sizes of one image. */
export const imageSizesWanted = defineEvent('product-image.sizes-wanted', {
  description: 'The sizes of an image must be made.',
  payload: z.object({}),
  key: onOccasion('product-image.sizes-wanted'),
});

/** The occasion distinguishes repeated requests for the sizes of one image. */
export const imageSizesMissing = defineEvent('product-image.sizes-missing', {
  description: 'The list of sizes has some that an image does not have.',
  payload: z.object({}),
  key: onOccasion('product-image.sizes-missing'),
});

export const imageDeleted = defineEvent('product-image.deleted', {
  description: 'An image was deleted from the gallery, and these files must be deleted.',
  payload: z.object({ originalKey: z.string().nullable(), publicKeys: z.array(z.string()).readonly() }),
  key: ({ aggregateId }) => `product-image.deleted/${aggregateId}/once`,
});

export const imageEvents = [imageSizesWanted, imageSizesMissing, imageDeleted];
