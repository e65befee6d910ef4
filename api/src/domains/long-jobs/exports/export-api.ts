import { ArrayNotEmpty, ArrayUnique, IsOptional, MaxLength } from 'class-validator';
import {
  Arg,
  Ctx,
  Field,
  ID,
  InputType,
  Mutation,
  registerEnumType,
  Resolver,
  type ClassType,
} from 'type-graphql';
import { networkOf } from '../../../kernel/networks.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';
import { asPayload } from '../../../platform/graphql/payload.js';
import type { JobMutation } from '../../../platform/jobs/job-mutation.js';
import { JobPayload } from '../job.type.js';
import type { JobMutationServices } from '../job-mutations.js';
import type { DefinedListExport } from './list-export.js';

interface ExportInput {
  readonly search?: string | null;
  readonly filter?: object | null;
  readonly sort?: string | null;
  readonly columns?: string[] | null;
  readonly idempotencyKey: string;
}

/** The resolver class of the mutation that has a list written into a file. */
export function exportResolver(list: Omit<DefinedListExport, 'resolver'>): JobMutation['resolver'] {
  const { name, rows, role, permission, job } = list;
  const Input = inputOf(list);

  @Resolver()
  class ListExportResolver {
    constructor(private readonly services: JobMutationServices) {}

    @Auth(role, permission)
    @UserErrors('TOO_MANY_JOBS')
    @Mutation(() => JobPayload, {
      name: `${name.charAt(0).toLowerCase()}${name.slice(1)}ExportCreate`,
      description: `Has ${rows} written into a file: a long job of the kind ${job.kind}. It is noted in the security log.`,
    })
    create(
      @Arg('input', () => Input, { description: `Which ${rows}.` }) input: ExportInput,
      @Ctx() { viewer, requestId, ip }: RequestContext,
    ): Promise<JobPayload> {
      return asPayload(input, async () => {
        if (!viewer) throw new Error('A guarded field was reached without a viewer');
        const { jobs, securityLog } = this.services;
        const { search, filter, sort, columns, idempotencyKey } = input;
        const query = list.query(search, filter as never);
        let isNew = false;
        const started = await jobs.start(job, {
          ...{ input: { ...query, sort, columns }, actorId: viewer.userId, requestId, idempotencyKey },
          also: async () => void (isNew = true),
        });
        if (isNew)
          securityLog.record('list-exported', {
            accountId: viewer.userId,
            by: networkOf(ip),
            what: job.kind,
          });
        return { job: started };
      });
    }
  }
  return ListExportResolver;
}

/** The input type, with search, filter and order where the list has them. */
function inputOf({
  name,
  rows,
  search,
  filter,
  sorts,
  first,
  columns,
}: Omit<DefinedListExport, 'resolver'>): ClassType<ExportInput> {
  const columnType = columnsOf(name, rows, columns);

  @InputType(`${name}ExportCreateInput`, { description: `Which ${rows} to write into a file.` })
  class ListExportInput {
    @Field(() => [columnType], {
      nullable: true,
      description: 'Which columns, from left to right, each once; null for all. An empty list is refused.',
    })
    @IsOptional()
    @ArrayNotEmpty({ message: 'At least one column.' })
    @ArrayUnique({ message: 'Each column once.' })
    columns?: string[] | null;

    @Field(() => ID, {
      description: 'Made by the client, 8 to 128 characters: a repeat answers the same job.',
    })
    idempotencyKey!: string;
  }
  const { prototype } = ListExportInput;
  const asInTheList = `As for the list of ${rows}; null for all.`;
  if (search !== undefined) {
    Field(() => String, { nullable: true, description: asInTheList })(prototype, 'search');
    IsOptional()(prototype, 'search');
    MaxLength(search, { message: `At most ${search} characters.` })(prototype, 'search');
  }
  if (filter) Field(() => filter, { nullable: true, description: asInTheList })(prototype, 'filter');
  if (sorts)
    Field(() => sorts, { nullable: true, description: `In which order; null for ${first}.` })(
      prototype,
      'sort',
    );
  return ListExportInput;
}

/** The enum of the columns; its values are the titles. */
function columnsOf(name: string, rows: string, columns: DefinedListExport['columns']): object {
  const entries = Object.entries(columns);
  const type = Object.fromEntries(entries.map(([column]) => [column, column.toLowerCase()]));
  registerEnumType(type, {
    name: `${name}ExportColumn`,
    description: `A column of the file of ${rows}; its title is the name in small letters.`,
    valuesConfig: Object.fromEntries(entries.map(([column, { description }]) => [column, { description }])),
  });
  return type;
}
