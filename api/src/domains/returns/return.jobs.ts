import { z } from 'zod';
import {
  defineJob,
  handleJob,
  on,
  type HandledJob,
  type Subscription,
} from '../../platform/jobs/define-job.js';
import { photoWanted } from './return.events.js';
import type { ReturnPhotoProcessingService } from './photos/return-photo-processing.service.js';
import type { ReturnPhotoService } from './photos/return-photo.service.js';

/** Runs once a night; running twice has no further effect. */
export const cleanUpPhotosJob = defineJob({
  queue: 'returns.clean-up-photos',
  formerly: 'returns.sweep-photos',
  payload: z.object({}),
  schedule: '47 3 * * *',
  exclusive: true,
});
const makePhotoJob = defineJob({ queue: 'returns.make-photo', payload: z.object({ photoId: z.uuid() }) });
const resumePhotosJob = defineJob({
  queue: 'returns.resume-photos',
  payload: z.object({}),
  schedule: '*/5 * * * *',
  exclusive: true,
});

/** Each may run twice: see ReturnPhotoProcessingService. */
export function returnJobs(
  photos: ReturnPhotoService,
  processing: ReturnPhotoProcessingService,
): HandledJob[] {
  return [
    handleJob(cleanUpPhotosJob, () => photos.cleanUp()),
    handleJob(makePhotoJob, ({ photoId }) => processing.processPhoto(photoId)),
    handleJob(resumePhotosJob, () => processing.resume()),
  ];
}

export const returnSubscriptions: Subscription[] = [
  on(photoWanted, makePhotoJob, ({ aggregateId }) => ({ photoId: aggregateId })),
];
