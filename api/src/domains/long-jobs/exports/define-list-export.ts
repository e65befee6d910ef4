import { z } from 'zod';
import { defineLongJob, type LongJobDefinition } from '../../../platform/jobs/define-long-job.js';
import { exportResolver } from './export-api.js';
import type { DefinedListExport, ListExport } from './list-export.js';

/** Describes the export of a list once: its mutation and its long job are made of that. See docs/extend.md. */
export function defineListExport<Row, Query extends object, More = null>(
  list: ListExport<Row, Query, More>,
): DefinedListExport<Row, Query, More> {
  // Dates are stored as text.
  const moments = Object.fromEntries((list.moments ?? []).map((name) => [name, z.coerce.date().nullish()]));
  const job = defineLongJob({
    kind: `${list.name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}_EXPORT`,
    description: `Writes ${list.rows} into a CSV file.`,
    permission: list.permission,
    input: z.looseObject(moments),
  });
  const defined = { ...list, job: job as LongJobDefinition, jobs: [job as LongJobDefinition] };
  return { ...defined, resolver: exportResolver(defined as never) };
}
