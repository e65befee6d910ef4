import { z } from 'zod';
import {
  defineJob,
  handleJob,
  on,
  type HandledJob,
  type Subscription,
} from '../../../platform/jobs/define-job.js';
import type { FormerFiles } from './former-files.js';
import { filesSpent, sizesMissing, sizesWanted } from './media.events.js';
import type { MediaHashes } from './media-hashes.js';
import type { MediaProcessingService } from './media-processing.service.js';

/** `imageId` is the id of the file; jobs of the version before this one name it so. */
const makeJob = defineJob({
  queue: 'media.make-sizes',
  formerly: 'catalog.make-image',
  payload: z.object({ imageId: z.uuid() }),
});
const removeJob = defineJob({
  queue: 'media.remove-files',
  formerly: 'catalog.remove-image-files',
  payload: z.object({ originalKey: z.string().nullable(), publicKeys: z.array(z.string()).readonly() }),
});
const resumeJob = defineJob({
  queue: 'media.resume',
  formerly: 'catalog.resume-images',
  payload: z.object({}),
  schedule: '*/5 * * * *',
  exclusive: true,
});
export const emptyBinJob = defineJob({
  queue: 'media.empty-bin',
  payload: z.object({}),
  schedule: '11 3 * * *',
  exclusive: true,
});
export const hashJob = defineJob({
  queue: 'media.read-older-files',
  payload: z.object({}),
  schedule: '*/10 * * * *',
  exclusive: true,
});

interface Workers {
  readonly making: MediaProcessingService;
  readonly former: FormerFiles;
  readonly hashes: MediaHashes;
}

/** Each may run twice: see the services. */
export function mediaJobs({ making, former, hashes }: Workers): HandledJob[] {
  return [
    handleJob(makeJob, ({ imageId }) => making.makeSizes(imageId)),
    handleJob(removeJob, (keys) => making.remove(keys)),
    handleJob(resumeJob, () => making.resume()),
    handleJob(emptyBinJob, () => former.emptyBin()),
    handleJob(hashJob, () => hashes.readOlder()),
  ];
}

const theFile = ({ aggregateId }: { aggregateId: string }) => ({ imageId: aggregateId });

export const mediaSubscriptions: Subscription[] = [
  on(sizesWanted, makeJob, theFile),
  on(sizesMissing, makeJob, theFile),
  on(filesSpent, removeJob, ({ payload }) => payload),
];
