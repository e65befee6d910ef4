export { buildJobMutations } from './job-mutations.js';
export type { BulkAction, BulkRows } from './bulk/bulk-action.js';
export { handleBulk, handleBulkBatch, handleKeyedBulk } from './bulk/bulk-job.js';
export {
  changedSince,
  type BulkBatchWork,
  type BulkLocking,
  type BulkRun,
  type BulkWork,
} from './bulk/bulk-work.js';
export { defineBulk } from './bulk/define-bulk.js';
export { amountColumn, momentColumn, phone, plainColumn, typedColumn } from './exports/cells.js';
export { defineListExport } from './exports/define-list-export.js';
export type {
  ColumnTools,
  DefinedListExport,
  ExportColumn,
  ExportSource,
  ListExport,
} from './exports/list-export.js';
export { Job, JobPayload } from './job.type.js';
export type { LongJobService } from './long-job.service.js';
