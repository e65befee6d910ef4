export { question } from './invariant.js';
export { INVARIANTS } from './invariants.js';
export { auditJob } from './audit.job.js';
