import { MaxLength, IsOptional } from 'class-validator';
import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver, type ClassType } from 'type-graphql';
import { Auth } from '../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { UserErrors } from '../../platform/graphql/errors/user-errors-of.js';
import { asPayload } from '../../platform/graphql/payload.js';
import { assertNarrowing, JobPayload, type LongJobService } from '../long-jobs/index.js';
import type { DefinedBulk } from './define-bulk.js';

interface BulkInput {
  readonly search?: string | null;
  readonly filter?: object | null;
  readonly idempotencyKey: string;
}

/** The resolver class of the mutation that starts the job of an action. */
export function bulkResolver(action: DefinedBulk): ClassType & (new (jobs: LongJobService) => object) {
  const { name, rows, role, permission, description, job } = action;
  const Input = inputOf(action);

  @Resolver()
  class BulkResolver {
    constructor(private readonly jobs: LongJobService) {}

    @Auth(role, permission)
    @UserErrors('TOO_MANY_JOBS')
    @Mutation(() => JobPayload, {
      name,
      description: `${description} A long job of the kind ${job.kind}; one to which it cannot be done is among its row errors.`,
    })
    start(
      @Arg('input', () => Input, { description: `Which ${rows}.` }) input: BulkInput,
      @Ctx() { viewer, requestId }: RequestContext,
    ): Promise<JobPayload> {
      return asPayload(input, async () => {
        if (!viewer) throw new Error('A guarded field was reached without a viewer');
        const { search, filter, idempotencyKey } = input;
        assertNarrowing(filter, rows);
        const request = { input: action.query(search, filter as never), actorId: viewer.userId, requestId };
        return { job: await this.jobs.start(job, { ...request, idempotencyKey }) };
      });
    }
  }
  return BulkResolver;
}

function inputOf({ name, rows, search: longest, filter }: DefinedBulk): ClassType<BulkInput> {
  @InputType(`${name.charAt(0).toUpperCase()}${name.slice(1)}Input`, {
    description: `Which ${rows} it is done to.`,
  })
  class BulkActionInput {
    @Field(() => String, { nullable: true, description: `As for the list of ${rows}; null for all.` })
    @IsOptional()
    @MaxLength(longest, { message: `At most ${longest} characters.` })
    search?: string | null;

    @Field(() => filter, {
      nullable: true,
      description: `As for the list of ${rows}; chosen ones by \`ids\`. Null for all; an empty list in it is refused.`,
    })
    filter?: object | null;

    @Field(() => ID, {
      description: 'Made by the client, 8 to 128 characters: a repeat answers the same job.',
    })
    idempotencyKey!: string;
  }
  return BulkActionInput;
}
