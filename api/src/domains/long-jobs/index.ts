export { Job, JobPayload } from './job.type.js';
export type { LongJobService } from './long-job.service.js';
