import { z } from 'zod';
import { defineLongJob, type LongJobDefinition } from '../../../platform/jobs/define-long-job.js';
import type { BulkAction, DefinedBulk } from './bulk-action.js';
import { bulkResolver } from './bulk-api.js';

/** Describes an action on many rows of a list once: its mutation and its long job are made of that. See docs/extend.md. */
export function defineBulk<Query extends object, Values extends object = object>(
  action: BulkAction<Query, Values>,
): DefinedBulk<Query, Values> {
  const { kind, description, permission, canUndo = false } = action;
  const undoJob = canUndo
    ? defineLongJob({
        ...{ kind: `${kind}_UNDO`, permission, input: z.object({ jobId: z.uuid() }) },
        description: `Takes back what a long job of the kind ${kind} has done.`,
      })
    : null;
  // Dates are stored as text.
  const moments = Object.fromEntries((action.moments ?? []).map((name) => [name, z.coerce.date().nullish()]));
  const job = defineLongJob({
    ...{ kind, description, permission },
    input: z.looseObject({ ...moments, filter: z.looseObject(moments).nullish() }),
    ...(undoJob && { undoneBy: undoJob }),
  }) as LongJobDefinition;
  const jobs = [job, ...(undoJob ? [undoJob as LongJobDefinition] : [])];
  const defined = { ...action, job, undoJob, jobs };
  return { ...defined, resolver: bulkResolver(defined as never) };
}
