import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { DomainError, NotFoundError } from '../../../kernel/errors.js';
import { requireId } from '../../../kernel/require-id.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import { perRequest, type RequestContext } from '../../../platform/graphql/context.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';
import { loadOneBy } from '../../../platform/graphql/load-many-by.js';
import { asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import {
  assertNarrowing,
  Job,
  JobPayload,
  maySee,
  type JobRow,
  type LongJobService,
} from '../../long-jobs/index.js';
import { assertNames } from '../products/product-names.js';
import { ProductStatusBulkUndoInput, ProductStatusBulkUpdateInput } from './product-status.input.js';
import { productStatusJob, productStatusUndoJob } from './product-status.jobs.js';
import { undoableJobs } from './product-status.statements.js';

const undoable = perRequest(({ database }) => loadOneBy(database, undoableJobs, ({ id }) => id));

/** Changes of many products as long jobs. */
@Resolver(() => Job)
export class ProductStatusBulkResolver {
  constructor(private readonly jobs: LongJobService) {}

  @Auth(Role.MANAGER, 'CATALOG_WRITE')
  @UserErrors('TOO_MANY_JOBS')
  @Mutation(() => JobPayload, {
    description:
      'Changes the status of all products that match: a long job of the kind PRODUCT_STATUS. Those that have the status already stay as they are.',
  })
  productStatusBulkUpdate(
    @Arg('input', () => ProductStatusBulkUpdateInput, { description: 'Which products, and their status.' })
    { idempotencyKey, ...input }: ProductStatusBulkUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<JobPayload> {
    return asPayload(Object.assign(new ProductStatusBulkUpdateInput(), input), async () => {
      assertNames(input.filter ?? {});
      assertNarrowing(input.filter, 'products');
      return { job: await this.jobs.start(productStatusJob, { input, ...by(context), idempotencyKey }) };
    });
  }

  @Auth(Role.MANAGER, 'CATALOG_WRITE')
  @UserErrors('TOO_MANY_JOBS', 'ILLEGAL_TRANSITION')
  @Mutation(() => JobPayload, {
    description:
      'Gives the products of a job of the kind PRODUCT_STATUS the status again that they had: a long job of the kind PRODUCT_STATUS_UNDO. One that somebody has changed since stays as it is, and is among its row errors. ILLEGAL_TRANSITION when nothing is left to undo, and while the job is open.',
  })
  productStatusBulkUndo(
    @Arg('input', () => ProductStatusBulkUndoInput, { description: 'The job.' })
    input: ProductStatusBulkUndoInput,
    @Ctx() context: RequestContext,
  ): Promise<JobPayload> {
    return asPayload(input, async () => {
      const jobId = requireId('job', input.jobId, 'job', 'jobId');
      const job = await this.jobs.find(jobId);
      if (!job || !maySee(job.startedBy, context.viewer)) throw new NotFoundError('job', ['jobId']);
      if (!(await this.canUndo(job, context)))
        throw new DomainError('ILLEGAL_TRANSITION', 'There is nothing to undo.', ['jobId']);
      const { idempotencyKey } = input;
      return {
        job: await this.jobs.start(productStatusUndoJob, {
          input: { jobId },
          ...by(context),
          idempotencyKey,
        }),
      };
    });
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether `productStatusBulkUndo` would change something, and the caller may call it.',
  })
  async canUndo(@Root() { id, kind, finishedAt }: JobRow, @Ctx() context: RequestContext): Promise<boolean> {
    if (kind !== productStatusJob.kind || !finishedAt) return false;
    if (!context.viewer?.permissions.has('CATALOG_WRITE')) return false;
    return (await undoable(context).load(id)) !== null;
  }
}

function by({ viewer, requestId }: RequestContext): { actorId: string; requestId: string } {
  if (!viewer) throw new Error('A guarded field was reached without a viewer');
  return { actorId: viewer.userId, requestId };
}
