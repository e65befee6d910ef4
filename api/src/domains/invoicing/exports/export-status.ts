import { registerEnumType } from 'type-graphql';

export enum ExportStatus {
  QUEUED = 'QUEUED',
  RUNNING = 'RUNNING',
  DONE = 'DONE',
  FAILED = 'FAILED',
}

registerEnumType(ExportStatus, {
  name: 'ExportStatus',
  description: 'How far a file is.',
  valuesConfig: {
    QUEUED: { description: 'Waits for its turn.' },
    RUNNING: { description: 'Is being written.' },
    DONE: { description: 'Can be fetched.' },
    FAILED: { description: 'Could not be written; it is tried again a few times.' },
  },
});
