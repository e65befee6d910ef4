import { z } from 'zod';
import { defineEvent } from '../../../platform/jobs/define-event.js';

const onOccasion =
  (kind: string) =>
  ({ aggregateId }: { readonly aggregateId: string }, occasion: string): string =>
    `${kind}/${aggregateId}/${occasion}`;

/** The occasion distinguishes repeated requests for the sizes of one file. */
export const sizesWanted = defineEvent('media.sizes-wanted', {
  formerly: 'product-image.sizes-wanted',
  description:
    'What is shown of a file of the library must be made: the sizes of an image, the copy of a document.',
  payload: z.object({}),
  key: onOccasion('media.sizes-wanted'),
});

/** The occasion distinguishes repeated requests for the sizes of one image. */
export const sizesMissing = defineEvent('media.sizes-missing', {
  formerly: 'product-image.sizes-missing',
  description: 'The list of sizes has some that an image does not have.',
  payload: z.object({}),
  key: onOccasion('media.sizes-missing'),
});

/** The aggregate is what the files were for: an upload or a file of the library. */
export const filesSpent = defineEvent('media.files-spent', {
  formerly: 'product-image.deleted',
  description: 'Nothing needs these stored files any more, and they must be deleted.',
  payload: z.object({ originalKey: z.string().nullable(), publicKeys: z.array(z.string()).readonly() }),
  key: onOccasion('media.files-spent'),
});

/** The aggregate is the file. */
export const mediaChanged = defineEvent('media.changed', {
  description: 'Staff added a file to the library, described, replaced, deleted or restored one.',
  payload: z.object({
    change: z.enum(['CREATED', 'UPDATED', 'REPLACED', 'DELETED', 'RESTORED']),
    /** The version of the file after the change. */
    version: z.int(),
  }),
  key: ({ aggregateId, payload }) => `media.changed/${aggregateId}/${payload.version}`,
});

export const mediaEvents = [sizesWanted, sizesMissing, filesSpent, mediaChanged];
