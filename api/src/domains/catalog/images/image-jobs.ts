import { z } from 'zod';
import {
  defineJob,
  handleJob,
  on,
  type HandledJob,
  type Subscription,
} from '../../../platform/jobs/define-job.js';
import { imageDeleted, imageSizesMissing, imageSizesWanted } from './image.events.js';
import type { ImageProcessingService } from './image-processing.service.js';

const makeJob = defineJob({ queue: 'catalog.make-image', payload: z.object({ imageId: z.uuid() }) });
const removeJob = defineJob({
  queue: 'catalog.remove-image-files',
  payload: z.object({ originalKey: z.string().nullable(), publicKeys: z.array(z.string()).readonly() }),
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

export const imageSubscriptions: Subscription[] = [
  on(imageSizesWanted, makeJob, theImage),
  on(imageSizesMissing, makeJob, theImage),
  on(imageDeleted, removeJob, ({ payload }) => payload),
];
