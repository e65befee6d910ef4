import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { ErrorCode } from '../../kernel/error-codes.js';
import { ConnectionOf } from '../../platform/graphql/connection.js';
import { Derived, GlobalId } from '../../platform/graphql/derived.js';
import { ImportKindEnum } from '../../platform/graphql/import-kinds.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';
import { Node } from '../../platform/graphql/node.type.js';
import { Payload } from '../../platform/graphql/payload.js';
import { Url } from '../../platform/graphql/scalars.js';
import { ErrorCodeEnum } from '../../platform/graphql/user-error.type.js';
import { Upload } from '../media/index.js';
import { importLinks } from './import-links.js';
import { ImportStatus } from './import-status.js';
import type { ImportView } from './imports.statements.js';
import { ImportEncodingEnum, ImportFormatEnum } from './import-enums.js';
import type { TableFormat } from './reading/table.js';

@ObjectType({ description: 'A value to choose for all rows.', simpleResolvers: true })
export class ImportChoice {
  @Field(() => String, { description: 'As a cell of a file would name it.' })
  value!: string;

  @Field(() => String, { description: 'For people: a name that staff gave, in no language.' })
  label!: string;
}

@ObjectType({ description: 'A column that an import takes.', simpleResolvers: true })
export class ImportColumn {
  @Field(() => String, { description: 'Its key in `mapping`.' })
  key!: string;

  @Field(() => String, { description: 'Its name in the language of the request.' })
  label!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What belongs into it, in the language of the request.',
  })
  hint!: string | null;

  @Field(() => Boolean, { description: 'Whether each row needs a value.' })
  required!: boolean;

  @Field(() => String, { description: 'What may stand there.' })
  example!: string;

  @ListSize(10)
  @Derived<{ key: string; choicesOf: (key: string) => unknown }>(
    () => [ImportChoice],
    ({ key, choicesOf }) => choicesOf(key),
    {
      nullable: true,
      description: 'Values to choose from for all rows; null where any text can be written.',
    },
  )
  choices!: never;
}

@ObjectType({ description: 'What an import takes: enough for a form and a template.', simpleResolvers: true })
export class ImportType {
  @Field(() => ImportKindEnum, { description: 'Which import.' })
  kind!: string;

  @Field(() => String, { description: 'Its name in the language of the request.' })
  title!: string;

  @ListSize(10)
  @Field(() => [ImportColumn], { description: 'Its columns.' })
  columns!: ImportColumn[];

  @ListSize(1)
  @Field(() => [[String]], { description: 'Groups of columns of which one is needed, by their keys.' })
  oneOf!: string[][];

  @Field(() => Boolean, {
    description: 'Whether rows about the same thing add up; otherwise the later ones are an error.',
  })
  repeatedRowsAddUp!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'What `amount` counts, in the language of the request, such as "pieces"; null when nothing.',
  })
  amountName!: string | null;
}

@ObjectType({ description: 'Where a column of an import takes its values from.', simpleResolvers: true })
export class ImportMappedColumn {
  @Field(() => String, { description: 'The key of the column.' })
  column!: string;

  @Field(() => Int, { nullable: true, description: 'The column of the file, counted from 0; null for none.' })
  source!: number | null;

  @Field(() => String, { nullable: true, description: 'The value for all rows; null with a source.' })
  value!: string | null;
}

@ObjectType({ description: 'A row of the file as it was read.', simpleResolvers: true })
export class ImportPreviewRow {
  @Field(() => Int, {
    description: 'The line of the text, the row of the sheet, or the position in the list.',
  })
  line!: number;

  @ListSize(10)
  @Field(() => [String], { description: 'The texts of its cells; empty for an empty cell.' })
  cells!: string[];
}

@ObjectType({ description: 'What is wrong with a row of an import.', simpleResolvers: true })
export class ImportRowError {
  @Field(() => Int, {
    description: 'The line of the text, the row of the sheet, or the position in the list.',
  })
  line!: number;

  @Field(() => String, {
    nullable: true,
    description: 'The key of the column at fault; null when it is about the whole row.',
  })
  column!: string | null;

  @Field(() => ErrorCodeEnum, { description: 'What it is; clients show their own words for it.' })
  code!: ErrorCode;

  @Field(() => String, {
    nullable: true,
    description: 'What stands there, cut to 100 characters; null for an empty cell and a whole row.',
  })
  value!: string | null;
}

@ObjectType({
  implements: Node,
  description:
    'A file that staff import: it is sent, read, its columns are chosen, each row is checked, and then it is applied. Its author sees it, and whoever has the permission SYSTEM; each step needs the permission of its kind. File and rows are deleted three days after they came.',
  simpleResolvers: true,
})
export class Import {
  @GlobalId('imp')
  readonly id!: string;

  @Field(() => ImportKindEnum, { description: 'What it takes.' })
  kind!: string;

  @Field(() => ImportStatus, { description: 'How far it is.' })
  status!: ImportStatus;

  @Field(() => Int, { description: 'Rises with each change that a person makes.' })
  version!: number;

  @Field(() => String, { description: 'The name of its file.' })
  filename!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The name of who sent it; null when the account has none or is gone.',
  })
  createdByName!: string | null;

  @Derived<ImportView>(() => Boolean, ({ createdBy }, { viewer }) => viewer?.userId === createdBy, {
    description: 'Whether the caller sent it.',
  })
  isMine!: never;

  @Field(() => Date, { description: 'When it was opened.' })
  createdAt!: Date;

  @Field(() => Date, { description: 'Until when its file and rows are kept.' })
  expiresAt!: Date;

  @Field(() => ImportFormatEnum, {
    nullable: true,
    description: 'The kind of its file; null until it arrives.',
  })
  format!: TableFormat | null;

  @Field(() => ImportEncodingEnum, { nullable: true, description: 'Null unless the file is text.' })
  encoding!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What stands between the values; null unless it is CSV.',
  })
  separator!: string | null;

  @Field(() => String, { description: 'The decimal sign of numbers in texts: a full stop or a comma.' })
  decimalSign!: string;

  @ListSize(5)
  @Field(() => [String], { description: 'The sheets of a workbook; empty for other files.' })
  sheets!: string[];

  @Field(() => String, {
    nullable: true,
    description: 'The sheet that was read; null unless it is a workbook.',
  })
  sheet!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The line that names the columns; null when none does, and for JSON.',
  })
  headerLine!: number | null;

  @ListSize(10)
  @Field(() => [String], { description: "The names of the file's columns; empty where it has none." })
  header!: string[];

  @Field(() => Int, { description: 'How many rows it has, without the header.' })
  rowCount!: number;

  @Field(() => Int, { description: 'Rows that add something new, by the check.' })
  newRows!: number;

  @Field(() => Int, { description: 'Rows that change something, by the check.' })
  changedRows!: number;

  @Field(() => Int, { description: 'Rows that change nothing, by the check.' })
  unchangedRows!: number;

  @Field(() => Int, { description: 'Rows with errors, by the check. They are not applied.' })
  wrongRows!: number;

  @Field(() => Int, { description: 'Rows about something that an earlier row is about too.' })
  repeatedRows!: number;

  @Field(() => Float, { description: 'The sum over all good rows of what `amountName` counts.' })
  amount!: number;

  @Field(() => Int, { description: 'Rows that were applied.' })
  appliedRows!: number;

  @Field(() => Int, {
    description: 'Rows that were good when they were checked and could not be applied any more.',
  })
  refusedRows!: number;

  @Derived<ImportView>(
    () => Url,
    (run, context) => importLinks.of(context).report(run, context, { wrongOnly: true }),
    {
      nullable: true,
      description:
        'Where to fetch the rows with errors as CSV: as they were sent, with what is wrong. Mended, they can be sent as another import. A signed address for the session that asks; null once the rows are deleted.',
    },
  )
  errorsUrl!: never;

  @Derived<ImportView>(
    () => Url,
    (run, context) => importLinks.of(context).report(run, context, { wrongOnly: false }),
    {
      nullable: true,
      description: 'The same with all rows and what became of each.',
    },
  )
  reportUrl!: never;
}

@ObjectType({ description: 'A page of imports.', simpleResolvers: true })
export class ImportConnection extends ConnectionOf(Import, 'Import') {}

@ObjectType({ description: 'The import as it is now.', simpleResolvers: true })
export class ImportPayload extends Payload {
  @Field(() => Import, {
    nullable: true,
    description: 'The import; null when there is none that the caller may see.',
  })
  import!: object | null;
}

@ObjectType({ description: 'The import that was opened, and where to send its file.', simpleResolvers: true })
export class ImportCreatePayload extends ImportPayload {
  @Field(() => Upload, { nullable: true, description: 'Where to send the file; null when it was refused.' })
  upload!: object | null;
}
