import { registerEnumType } from 'type-graphql';

export enum JobStatus {
  QUEUED = 'QUEUED',
  RUNNING = 'RUNNING',
  CANCELLING = 'CANCELLING',
  CANCELLED = 'CANCELLED',
  SUCCEEDED = 'SUCCEEDED',
  FAILED = 'FAILED',
}

registerEnumType(JobStatus, {
  name: 'JobStatus',
  description: 'How far a long job is.',
  valuesConfig: {
    QUEUED: { description: 'Waits for its turn.' },
    RUNNING: { description: 'Is worked on.' },
    CANCELLING: { description: 'Was cancelled and ends after the step that it is in.' },
    CANCELLED: { description: 'Was cancelled; what it had done until then stays.' },
    SUCCEEDED: { description: 'Has done all rows, those with errors aside.' },
    FAILED: { description: 'Could not go on; what it had done until then stays.' },
  },
});

/** Not ended yet. */
export const OPEN_STATUSES: readonly JobStatus[] = [
  JobStatus.QUEUED,
  JobStatus.RUNNING,
  JobStatus.CANCELLING,
];
