export { question } from './law.js';
export { LAWS } from './laws.js';
export { auditJob } from './audit.job.js';
