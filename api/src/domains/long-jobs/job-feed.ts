import { GraphQLError } from 'graphql';
import { localId } from '../../kernel/ids.js';
import type { Database } from '../../platform/database/database.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { PerShop } from '../../platform/graphql/per-shop.js';
import type { PublishedEvent } from '../../platform/jobs/define-event.js';
import type { EventFeed } from '../../platform/jobs/event-feed.js';
import { whileAllowed } from '../../platform/jobs/while-allowed.js';
import { isSessionLive } from '../identity/index.js';
import { maySee } from './job-links.js';
import { jobEnded, jobProgressed } from './long-jobs.events.js';
import { jobById } from './long-jobs.statements.js';

export type JobEvent = PublishedEvent<{ kind: string; startedBy: string | null }>;

/** The progress of long jobs, limited to what the subscriber may see. */
export class JobFeed {
  constructor(
    private readonly feed: EventFeed,
    private readonly database: Database,
  ) {}

  /**
   * Of one job, or of all that the viewer started. Session and role are asked again for each event: a device that was
   * signed out and an account with another role hear nothing more.
   *
   * @throws GraphQLError FORBIDDEN for a job that the viewer may not see
   */
  async follow(jobId: string | null, { viewer }: RequestContext): Promise<AsyncIterable<JobEvent>> {
    const aggregateId = jobId === null ? null : await this.visible(jobId, viewer);
    const events = this.feed.subscribe({
      ...(aggregateId !== null && { aggregateId }),
      events: [jobProgressed, jobEnded],
      matches: ({ payload: { startedBy } }) =>
        aggregateId === null ? startedBy === viewer?.userId : maySee(startedBy, viewer),
    });
    return whileAllowed(events, () => (viewer === null ? false : isSessionLive(this.database, viewer)));
  }

  private async visible(jobId: string, viewer: RequestContext['viewer']): Promise<string> {
    const id = localId('job', jobId);
    const job = id && (await this.database.row(jobById, { id }));
    if (!job || !maySee(job.startedBy, viewer))
      throw new GraphQLError('You may not follow this job.', { extensions: { code: 'FORBIDDEN' } });
    return job.id;
  }
}

export const jobFeed = new PerShop<JobFeed>();
