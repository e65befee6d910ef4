import { anyOf } from '../../kernel/any-of.js';
import type { CursorCodec } from '../../kernel/cursor.js';
import { connectionOf, pageRequest, type Connection, type PageArguments } from '../../kernel/pagination.js';
import type { Database } from '../../platform/database/database.js';
import type { Page } from '../../platform/graphql/keyset-list.js';
import type { LongJobRegistry } from '../../platform/jobs/define-long-job.js';
import type { JobStatus } from './job-status.js';
import { errorsOf, readJobs, type JobRow } from './long-jobs.statements.js';
import type { LongJobErrorEntity } from './long-job.entity.js';

const ERRORS = 'longJobs.errors';

interface JobQuery {
  /** Null for everybody's. */
  readonly startedBy: string | null;
  readonly statuses: readonly JobStatus[] | null;
  readonly kinds: readonly string[] | null;
}

/** Keyset lists of long jobs and of the errors of their rows. */
export class JobLists {
  constructor(
    private readonly database: Database,
    private readonly cursors: CursorCodec,
    private readonly longJobRegistry: LongJobRegistry,
  ) {}

  /** Newest first. Jobs of a module that is gone are left out: the schema has no name for them. */
  page({ startedBy, statuses, kinds }: JobQuery, page: PageArguments): Promise<Page<JobRow>> {
    const known = this.longJobRegistry.kinds;
    return readJobs(this.database, this.cursors, {
      filter: {
        startedBy,
        statuses: anyOf(statuses),
        kinds: kinds?.length ? known.filter((kind) => kinds.includes(kind)) : known,
      },
      page,
      timeOf: ({ createdAt }) => createdAt,
    });
  }

  /** By row, reading forward. */
  async errors(
    jobId: string,
    page: Pick<PageArguments, 'first' | 'after'>,
  ): Promise<Connection<LongJobErrorEntity>> {
    const request = pageRequest(page, ERRORS, this.cursors, 20);
    const { cursor, size } = request;
    const rows = await this.database.rows(errorsOf, {
      jobId,
      afterRow: cursor?.value ?? null,
      afterId: cursor?.id ?? null,
      limit: size + 1,
    });
    return connectionOf(rows, request, ({ row, id }) => this.cursors.encode(ERRORS, { value: row, id }));
  }
}
