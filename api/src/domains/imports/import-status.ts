import { registerEnumType } from 'type-graphql';

export enum ImportStatus {
  AWAITING_FILE = 'AWAITING_FILE',
  READY = 'READY',
  CHECKING = 'CHECKING',
  CHECKED = 'CHECKED',
  APPLYING = 'APPLYING',
  DONE = 'DONE',
  EXPIRED = 'EXPIRED',
}

registerEnumType(ImportStatus, {
  name: 'ImportStatus',
  description: 'How far an import is.',
  valuesConfig: {
    AWAITING_FILE: { description: 'Its file has not arrived.' },
    READY: { description: 'Its file was read. Its columns can be chosen, and then it can be checked.' },
    CHECKING: { description: 'Its rows are being checked; nothing is changed by that.' },
    CHECKED: {
      description: 'Each row was checked as it is now. It can be applied, or changed and checked again.',
    },
    APPLYING: { description: 'Its rows are being applied.' },
    DONE: {
      description:
        'Applying has ended: with all rows, by a cancellation or by a fault. It is not applied again.',
    },
    EXPIRED: { description: 'It was not applied, and its file was deleted.' },
  },
});

/** SQL: the status of the import `i`, whose jobs are joined as `c` (check) and `a` (apply). */
export const STATUS = `CASE
  WHEN i.apply_job_id IS NOT NULL THEN CASE WHEN a.id IS NOT NULL AND a.finished_at IS NULL THEN 'APPLYING' ELSE 'DONE' END
  WHEN i.emptied_at IS NOT NULL OR i.expires_at <= :now THEN 'EXPIRED'
  WHEN i.received_at IS NULL THEN 'AWAITING_FILE'
  WHEN i.check_job_id IS NULL THEN 'READY'
  WHEN c.id IS NOT NULL AND c.finished_at IS NULL THEN 'CHECKING'
  WHEN c.status = 'SUCCEEDED' THEN 'CHECKED'
  ELSE 'READY' END`;
