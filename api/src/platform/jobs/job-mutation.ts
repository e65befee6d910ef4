import type { LongJobDefinition } from './define-long-job.js';

/**
 * A mutation that starts a long job, and the job. `defineBulk` and `defineListExport` make it of a description; its module
 * lists it in `bulkActions` or `listExports`, and `setup` returns the handlers among its `longJobs`.
 */
export interface JobMutation {
  /** The job of the mutation, and the one that undoes it, where there is one. */
  readonly jobs: readonly LongJobDefinition[];
  /** The resolver class of the mutation. The app builds it, of the services that start long jobs. */
  readonly resolver: abstract new (...args: never[]) => object;
}
