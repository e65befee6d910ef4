export {
  AuditList,
  auditQuery,
  type AuditChangeRow,
  type AuditEntryRow,
  type AuditQuery,
  type WrittenChanges,
} from './audit-list.js';
export { AuditLogFilter } from './audit.input.js';
export { changedFields } from './changed-fields.js';
