import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { localId } from '../../kernel/ids.js';
import type { PageArguments } from '../../kernel/pagination.js';
import { requireId } from '../../kernel/require-id.js';
import { Auth } from '../../platform/graphql/auth-directive.js';
import { actorOf, type RequestContext, type Viewer } from '../../platform/graphql/context.js';
import { UserErrors } from '../../platform/graphql/errors/user-errors-of.js';
import { ImportKindEnum } from '../../platform/graphql/import-kinds.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';
import { asPayload } from '../../platform/graphql/payload.js';
import { Role } from '../../platform/graphql/roles.js';
import { Job } from '../long-jobs/index.js';
import type { ImportAccess } from './import-access.js';
import type { ImportFiles } from './import-files.service.js';
import type { ImportLists } from './import-lists.js';
import { ImportApplyInput, ImportCheckInput, ImportCreateInput, ImportUpdateInput } from './import.input.js';
import type { ImportChanges, ImportService, ImportStep } from './import.service.js';
import {
  Import,
  ImportConnection,
  ImportCreatePayload,
  ImportMappedColumn,
  ImportPayload,
  ImportPreviewRow,
  ImportRowError,
  ImportType,
} from './import.type.js';
import type { ImportView } from './imports.statements.js';

const MAY = [Role.MANAGER, 'IMPORT'] as const;

@ArgsType()
class ImportPage implements PageArguments {
  @Field(() => Int, {
    nullable: true,
    description: 'How many, 1 to 100, reading forward; 20 when neither first nor last is given.',
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Read on after this cursor.' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many, 1 to 100, reading backward.' })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'Read back from this cursor.' })
  before?: string | null;
}

@Resolver(() => Import)
export class ImportsResolver {
  constructor(
    private readonly access: ImportAccess,
    private readonly files: ImportFiles,
    private readonly imports: ImportService,
    private readonly lists: ImportLists,
  ) {}

  @Auth(...MAY)
  @Query(() => Import, {
    nullable: true,
    name: 'import',
    description: 'An import that the caller opened; any, with the permission SYSTEM.',
  })
  one(
    @Arg('id', () => ID, { description: 'The import.' }) id: string,
    @Ctx() { viewer }: RequestContext,
  ): Promise<ImportView | null> {
    return this.access.visible(localId('imp', id), viewer);
  }

  @Auth(...MAY)
  @Query(() => ImportConnection, {
    name: 'imports',
    description:
      'Imports that the caller opened, newest first; those of all, with the permission SYSTEM. Only kinds that the caller may import.',
  })
  list(
    @Args(() => ImportPage) page: ImportPage,
    @Arg('kind', () => ImportKindEnum, { nullable: true, description: 'Only of this kind.' })
    kind: string | null,
    @Ctx() { viewer }: RequestContext,
  ): Promise<object> {
    return this.lists.page(kind, viewer!, page);
  }

  @Auth(...MAY)
  @Query(() => ImportType, {
    nullable: true,
    description: 'What an import takes; null for one that the caller may not do.',
  })
  importType(
    @Arg('kind', () => ImportKindEnum, { description: 'Which import.' }) kind: string,
    @Ctx() context: RequestContext,
  ): object | null {
    return this.lists.type(kind, context);
  }

  @Auth(...MAY)
  @UserErrors('FILE_TOO_LARGE')
  @Mutation(() => ImportCreatePayload, {
    description:
      'Opens an import and an address to send its file to. The file is read when it arrives: CSV, XLSX or JSON, by its content. Of files that were not applied a person has 20 at most; the oldest gives way.',
  })
  importCreate(
    @Arg('input', () => ImportCreateInput, { description: 'The file.' }) input: ImportCreateInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return asPayload(input, async () => {
      const { viewer, requestId } = context;
      this.access.assertMayUse(input.kind, viewer);
      const { id, upload } = await this.files.open({ ...input, requestId, actorId: actorOf(context) });
      return { import: await this.access.visible(id, viewer), upload };
    });
  }

  @Auth(...MAY)
  @UserErrors(
    ...(['FILE_UNREADABLE', 'FILE_EMPTY', 'FILE_TOO_LARGE', 'IMPORT_EXPIRED', 'IMPORT_NOT_READY'] as const),
    ...([
      'NOT_A_NUMBER',
      'NOT_A_WHOLE_NUMBER',
      'NUMBER_OUT_OF_RANGE',
      'TEXT_TOO_LONG',
      'DIGITS_LOST',
      'FORMULA_FAILED',
    ] as const),
  )
  @Mutation(() => ImportPayload, {
    description: 'Changes how the file is read and what its columns mean. It has to be checked again then.',
  })
  importUpdate(
    @Arg('input', () => ImportUpdateInput, { description: 'What changes.' }) input: ImportUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return this.step(input, context, (step) => this.imports.update(step, changesOf(input)));
  }

  @Auth(...MAY)
  @UserErrors('COLUMN_MISSING', 'IMPORT_EXPIRED', 'IMPORT_NOT_READY', 'TOO_MANY_JOBS')
  @Mutation(() => ImportPayload, {
    description: 'Starts a long job that checks each row and changes nothing.',
  })
  importCheck(
    @Arg('input', () => ImportCheckInput, { description: 'The import.' }) input: ImportCheckInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    const { requestId } = context;
    const { idempotencyKey } = input;
    return this.step(input, context, (step) => this.imports.check({ ...step, requestId, idempotencyKey }));
  }

  @Auth(...MAY)
  @UserErrors('IMPORT_EXPIRED', 'IMPORT_NOT_READY', 'TOO_MANY_JOBS')
  @Mutation(() => ImportPayload, {
    description:
      'Starts a long job that applies the rows that the check found good: each is checked once more, and is applied once. An import is applied by one job.',
  })
  importApply(
    @Arg('input', () => ImportApplyInput, { description: 'The import.' }) input: ImportApplyInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    const { requestId } = context;
    const { idempotencyKey } = input;
    return this.step(input, context, (step) => this.imports.apply({ ...step, requestId, idempotencyKey }));
  }

  @FieldResolver(() => ImportType, { description: 'What it takes.' })
  type(@Root() { kind }: ImportView, @Ctx() context: RequestContext): object | null {
    return this.lists.type(kind, context);
  }

  @ListSize(10)
  @FieldResolver(() => [ImportMappedColumn], {
    description: 'What the columns mean: guessed by their names, or as in the last file of this form.',
  })
  mapping(@Root() run: ImportView): object[] {
    return this.lists.mapping(run);
  }

  @ListSize(10)
  @FieldResolver(() => [ImportPreviewRow], { description: 'Its first ten rows; none once they are deleted.' })
  preview(@Root() { id }: ImportView): Promise<object[]> {
    return this.lists.preview(id);
  }

  @ListSize(20)
  @FieldResolver(() => [ImportRowError], {
    description:
      'What is wrong with rows, by row: of the first hundred of them. All are in the file of `errorsUrl`.',
  })
  rowErrors(@Root() run: ImportView): Promise<object[]> {
    return this.lists.errors(run);
  }

  @FieldResolver(() => Date, {
    nullable: true,
    description:
      'When a file with exactly the same content came last that was applied as another import of this kind, in whole or in part; null when none was. Where rows add up, applying this one counts them twice.',
  })
  sameFileReceivedAt(@Root() { id }: ImportView): Promise<Date | null> {
    return this.lists.sameFileReceivedAt(id);
  }

  @FieldResolver(() => Job, {
    nullable: true,
    description: 'The long job that checks the rows as they are now; null before, and when it is deleted.',
  })
  checkJob(@Root() { checkJobId }: ImportView): Promise<object | null> {
    return this.lists.job(checkJobId);
  }

  @FieldResolver(() => Job, {
    nullable: true,
    description: 'The long job that applies them; null before, and when it is deleted.',
  })
  applyJob(@Root() { applyJobId }: ImportView): Promise<object | null> {
    return this.lists.job(applyJobId);
  }

  private step(
    input: { readonly importId: string; readonly expectedVersion: number },
    { viewer }: RequestContext,
    work: (step: ImportStep) => Promise<void>,
  ): Promise<object> {
    return asPayload(
      input,
      async () => {
        const importId = requireId('imp', input.importId, 'import', 'importId');
        await work({ importId, viewer: viewer as Viewer, expectedVersion: input.expectedVersion });
        return { import: await this.access.visible(importId, viewer) };
      },
      async () => ({ import: await this.access.visible(localId('imp', input.importId), viewer) }),
    );
  }
}

function changesOf(input: ImportUpdateInput): ImportChanges {
  return {
    encoding: (input.encoding ?? undefined) as ImportChanges['encoding'],
    separator: (input.separator ?? undefined) as ImportChanges['separator'],
    sheet: input.sheet ?? undefined,
    headerLine: input.headerLine ?? undefined,
    decimalSign: (input.decimalSign ?? undefined) as ImportChanges['decimalSign'],
    mapping: input.mapping?.map(({ column, source = null, value = null }) => ({ column, source, value })),
  };
}
