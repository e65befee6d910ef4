export { question, type Law } from './law.js';
export { LAWS } from './laws.js';
export { auditJob } from './audit.job.js';
export { IntegrityService, type IntegrityReport } from './integrity.service.js';
