import { IsOptional, MaxLength } from 'class-validator';
import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver, type ClassType } from 'type-graphql';
import { InvalidInputError } from '../../../kernel/errors.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';
import { asPayload } from '../../../platform/graphql/payload.js';
import type { JobMutation } from '../../../platform/jobs/job-mutation.js';
import { assertNarrowing } from '../assert-narrowing.js';
import { JobPayload } from '../job.type.js';
import type { JobMutationServices } from '../job-mutations.js';
import type { DefinedBulk } from './bulk-action.js';

interface BulkInput {
  readonly search?: string | null;
  readonly filter?: object | null;
  readonly idempotencyKey: string;
}

/** The resolver class of the mutation that starts the job of an action. */
export function bulkResolver(action: Omit<DefinedBulk, 'resolver'>): JobMutation['resolver'] {
  const { name, rows, role, permission, description, job } = action;
  const Input = inputOf(action);

  @Resolver()
  class BulkResolver {
    constructor(private readonly services: JobMutationServices) {}

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
        const request = { input: storedInput(action, input), actorId: viewer.userId, requestId };
        const { idempotencyKey } = input;
        return { job: await this.services.jobs.start(job, { ...request, idempotencyKey }) };
      });
    }
  }
  return BulkResolver;
}

/** @throws DomainError for an empty list, for rows that have to be chosen and were not, and for wrong values */
function storedInput({ query, rows, values, isChosenOnly }: Omit<DefinedBulk, 'resolver'>, input: BulkInput) {
  const { search, filter } = input;
  assertNarrowing(filter, rows);
  if (isChosenOnly && !(filter as { ids?: readonly string[] | null } | null | undefined)?.ids)
    throw new InvalidInputError(`Choose the ${rows} by their ids.`, ['filter', 'ids']);
  return { ...query(search, filter as never), ...(values && { values: values.read(input as never) }) };
}

function inputOf(action: Omit<DefinedBulk, 'resolver'>): ClassType<BulkInput> {
  const { name, rows, search: longest, filter, values, isChosenOnly } = action;
  const Values = values?.input ?? class NoValues {};

  @InputType(`${name.charAt(0).toUpperCase()}${name.slice(1)}Input`, {
    description: `Which ${rows} it is done to.`,
  })
  class BulkActionInput extends (Values as new () => object) {
    @Field(() => filter, {
      nullable: true,
      description: isChosenOnly
        ? `The chosen ones, by \`ids\`: at most 100. Without them it is refused with INVALID_INPUT.`
        : `As for the list of ${rows}; chosen ones by \`ids\`. Null for all; an empty list in it is refused.`,
    })
    filter?: object | null;

    @Field(() => ID, {
      description: 'Made by the client, 8 to 128 characters: a repeat answers the same job.',
    })
    idempotencyKey!: string;
  }
  if (longest !== undefined) {
    const { prototype } = BulkActionInput;
    const description = `As for the list of ${rows}; null for all.`;
    Field(() => String, { nullable: true, description })(prototype, 'search');
    IsOptional()(prototype, 'search');
    MaxLength(longest, { message: `At most ${longest} characters.` })(prototype, 'search');
  }
  return BulkActionInput;
}
