import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import { localId } from '../../kernel/ids.js';
import { NotFoundError } from '../../kernel/errors.js';
import { requireId } from '../../kernel/require-id.js';
import { Auth } from '../../platform/graphql/auth-directive.js';
import type { RequestContext, Viewer } from '../../platform/graphql/context.js';
import { UserErrors } from '../../platform/graphql/errors/user-errors-of.js';
import { asPayload } from '../../platform/graphql/payload.js';
import { Role } from '../../platform/graphql/roles.js';
import { jobFeed, type JobEvent } from './job-feed.js';
import { maySee } from './job-links.js';
import type { JobLists } from './job-lists.js';
import {
  Job,
  JobCancelInput,
  JobConnection,
  JobFilter,
  JobPage,
  JobPayload,
  JobRowErrorConnection,
} from './job.type.js';
import { jobById, type JobRow } from './long-jobs.statements.js';
import type { LongJobService } from './long-job.service.js';

@Resolver(() => Job)
export class JobsResolver {
  constructor(
    private readonly jobs: LongJobService,
    private readonly lists: JobLists,
  ) {}

  @Auth(Role.SUPPORT, 'JOB_READ')
  @Query(() => Job, {
    nullable: true,
    description: 'A long job that the caller started; any, with the permission SYSTEM.',
  })
  job(
    @Arg('id', () => ID, { description: 'The job.' }) id: string,
    @Ctx() { viewer }: RequestContext,
  ): Promise<JobRow | null> {
    return this.visible(localId('job', id), viewer);
  }

  @Auth(Role.SUPPORT, 'JOB_READ')
  @Query(() => JobConnection, {
    name: 'jobs',
    description: 'Long jobs that the caller started, newest first; those of all, with the permission SYSTEM.',
  })
  list(
    @Args(() => JobPage) page: JobPage,
    @Arg('filter', () => JobFilter, { nullable: true, description: 'Narrows the list.' })
    filter: JobFilter | null,
    @Ctx() { viewer }: RequestContext,
  ): Promise<object> {
    const mayReadAll = viewer?.permissions.has('SYSTEM') && !filter?.mine;
    return this.lists.page(
      {
        startedBy: mayReadAll ? null : actorOf(viewer),
        statuses: filter?.statuses ?? null,
        kinds: filter?.kinds ?? null,
      },
      page,
    );
  }

  @Auth(Role.SUPPORT, 'JOB_READ')
  @UserErrors('ILLEGAL_TRANSITION')
  @Mutation(() => JobPayload, {
    description:
      'Cancels a long job: one that waits ends at once, one that runs after the step that it is in. What is done stays.',
  })
  jobCancel(
    @Arg('input', () => JobCancelInput, { description: 'The job.' }) input: JobCancelInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<JobPayload> {
    return asPayload(
      input,
      async () => {
        const id = requireId('job', input.jobId, 'job', 'jobId');
        if (!(await this.visible(id, viewer))) throw new NotFoundError('job', ['jobId']);
        await this.jobs.cancel(id, actorOf(viewer));
        return { job: await this.jobs.find(id) };
      },
      async () => ({ job: await this.visible(localId('job', input.jobId), viewer) }),
    );
  }

  @Auth(Role.SUPPORT, 'JOB_READ')
  @Subscription(() => Job, {
    description:
      'Each step of a long job, at most four times a second, and its end; without an id of all that the caller started. Permission is asked again for each.',
    subscribe: ({ args, context }) =>
      jobFeed
        .of(context as RequestContext)
        .follow((args as { jobId?: string | null }).jobId ?? null, context as RequestContext),
  })
  async jobProgress(
    @Root() { aggregateId }: JobEvent,
    @Arg('jobId', () => ID, { nullable: true, description: 'The job; null for all that the caller started.' })
    _jobId: string | null,
    @Ctx() { database }: RequestContext,
  ): Promise<JobRow> {
    const job = await database.row(jobById, { id: aggregateId });
    if (!job) throw new Error(`The job ${aggregateId} is gone`);
    return job;
  }

  @FieldResolver(() => JobRowErrorConnection, { description: 'What was wrong with its rows, by row.' })
  rowErrors(
    @Root() { id }: JobRow,
    @Arg('first', () => Int, { nullable: true, description: 'How many, 1 to 100; 20 unless given.' })
    first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'Read on after this cursor.' })
    after: string | null,
  ): Promise<object> {
    return this.lists.errors(id, { first, after });
  }

  private async visible(id: string | null, viewer: Viewer | null): Promise<JobRow | null> {
    const job = id && (await this.jobs.find(id));
    return job && maySee(job.startedBy, viewer) ? job : null;
  }
}

function actorOf(viewer: Viewer | null): string {
  if (!viewer) throw new Error('A guarded field was resolved without a viewer');
  return viewer.userId;
}
