import { z } from 'zod';
import { defineJob, handleJob, type HandledJob } from '../../platform/jobs/define-job.js';
import type { ReturnPhotoService } from './return-photo.service.js';

/** Once a night; running twice does no harm. */
export const sweepPhotosJob = defineJob({
  queue: 'returns.sweep-photos',
  payload: z.object({}),
  schedule: '47 3 * * *',
  exclusive: true,
});

export function returnJobs(photos: ReturnPhotoService): HandledJob[] {
  return [handleJob(sweepPhotosJob, () => photos.sweep())];
}
