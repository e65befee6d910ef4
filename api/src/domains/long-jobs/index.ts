export { assertNarrowing } from './assert-narrowing.js';
export { Job, JobPayload } from './job.type.js';
export { maySee } from './job-links.js';
export type { LongJobService } from './long-job.service.js';
export type { JobRow } from './long-jobs.statements.js';
