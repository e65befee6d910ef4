import { z } from 'zod';
import {
  defineJob,
  handleJob,
  onEvent,
  type HandledJob,
  type Subscription,
} from '../../../platform/jobs/define-job.js';
import { IMAGE_EVENTS } from './image-events.js';
import type { ImageProcessingService } from './image-processing.service.js';

const makeJob = defineJob({ queue: 'catalog.make-image', payload: z.object({ imageId: z.uuid() }) });
const removeJob = defineJob({
  queue: 'catalog.remove-image-files',
  payload: z.object({ originalKey: z.string().nullable(), publicKeys: z.array(z.string()) }),
});
const resumeJob = defineJob({
  queue: 'catalog.resume-images',
  payload: z.object({}),
  schedule: '*/5 * * * *',
  exclusive: true,
});

/** Each may run twice: see ImageProcessingService. */
export function imageJobs(images: ImageProcessingService): HandledJob[] {
  return [
    handleJob(makeJob, ({ imageId }) => images.makeSizes(imageId)),
    handleJob(removeJob, (keys) => images.remove(keys)),
    handleJob(resumeJob, () => images.resume()),
  ];
}

const theImage = ({ aggregateId }: { aggregateId: string }) => ({ imageId: aggregateId });

export const imageEvents: Subscription[] = [
  onEvent(IMAGE_EVENTS.wanted, makeJob, theImage),
  onEvent(IMAGE_EVENTS.missing, makeJob, theImage),
  onEvent(
    IMAGE_EVENTS.deleted,
    removeJob,
    ({ payload }) => payload as { originalKey: string | null; publicKeys: string[] },
  ),
];
