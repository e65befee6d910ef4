import { GraphQLError } from 'graphql';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { DomainError, NotFoundError } from '../../../kernel/errors.js';
import { requireId } from '../../../kernel/require-id.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import { actorOf, perRequest, type RequestContext } from '../../../platform/graphql/context.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';
import { loadOneBy } from '../../../platform/graphql/load-many-by.js';
import { asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import type { LongJobDefinition, LongJobRegistry } from '../../../platform/jobs/define-long-job.js';
import { maySee } from '../job-links.js';
import { Job, JobPayload } from '../job.type.js';
import type { LongJobService } from '../long-job.service.js';
import type { JobRow } from '../long-jobs.statements.js';
import { undoableJobs } from './bulk.statements.js';
import { JobUndoInput } from './job-undo.input.js';

const undoable = perRequest(({ database }) => loadOneBy(database, undoableJobs, ({ id }) => id));

/** Takes back what a long job has done, where its kind can be undone, by another long job. */
@Resolver(() => Job)
export class JobUndoResolver {
  constructor(
    private readonly jobs: LongJobService,
    private readonly registry: LongJobRegistry,
  ) {}

  @Auth(Role.SUPPORT, 'JOB_READ')
  @UserErrors('TOO_MANY_JOBS', 'ILLEGAL_TRANSITION')
  @Mutation(() => JobPayload, {
    description:
      'Takes back what a long job has done, as far as nobody has changed it since: a long job of a kind whose name ends with _UNDO. A row that somebody has changed stays as it is, and is among its row errors. It needs the permission of the kind of the job. ILLEGAL_TRANSITION when nothing is left to undo, when its kind cannot be undone, and while the job is open.',
  })
  jobUndo(
    @Arg('input', () => JobUndoInput, { description: 'The job.' }) input: JobUndoInput,
    @Ctx() context: RequestContext,
  ): Promise<JobPayload> {
    return asPayload(input, async () => {
      const jobId = requireId('job', input.jobId, 'job', 'jobId');
      const job = await this.jobs.find(jobId);
      const definition = job && this.registry.definitionOf(job.kind);
      this.assertMayUse(definition, context);
      if (!job || !definition || !maySee(job.startedBy, context.viewer))
        throw new NotFoundError('job', ['jobId']);
      const { undoneBy } = definition;
      if (!undoneBy || !(await this.canUndo(job, context)))
        throw new DomainError('ILLEGAL_TRANSITION', 'There is nothing to undo.', ['jobId']);
      const { requestId } = context;
      const { idempotencyKey } = input;
      const request = { input: { jobId }, actorId: actorOf(context), requestId, idempotencyKey };
      return { job: await this.jobs.start(undoneBy, request) };
    });
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether `jobUndo` would change something, and the caller may call it.',
  })
  async canUndo(@Root() { id, kind, finishedAt }: JobRow, @Ctx() context: RequestContext): Promise<boolean> {
    const definition = this.registry.definitionOf(kind);
    if (!definition?.undoneBy || !finishedAt) return false;
    if (!context.viewer?.permissions.has(definition.permission)) return false;
    return (await undoable(context).load(id)) !== null;
  }

  /** @throws GraphQLError FORBIDDEN without the permission of the kind */
  private assertMayUse(definition: LongJobDefinition | null | undefined, { viewer }: RequestContext): void {
    if (definition && !viewer?.permissions.has(definition.permission))
      throw new GraphQLError('You may not do this.', { extensions: { code: 'FORBIDDEN' } });
  }
}
