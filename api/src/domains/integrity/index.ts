export { CHECKS, INVARIANTS } from './invariants.js';
export { auditJob } from './audit.job.js';
