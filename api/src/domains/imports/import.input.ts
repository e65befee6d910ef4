import { ArrayMaxSize, IsIn, IsNotEmpty, IsOptional, MaxLength, Min } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { ImportKindEnum } from '../../platform/graphql/import-kinds.js';
import { ImportEncodingEnum } from './import-enums.js';
import { SEPARATORS } from './reading/table.js';

const WHICH = 'The import.';
const VERSION = 'The version that was seen; STALE_VERSION when it is another by now.';
const KEY = 'Made by the client, 8 to 128 characters: a repeat has no further effect.';

@InputType({ description: 'A file that is about to be sent.' })
export class ImportCreateInput {
  @Field(() => ImportKindEnum, { description: 'What it is to be taken as.' })
  kind!: string;

  @Field(() => String, { description: 'Its name, for people.' })
  @IsNotEmpty({ message: 'A file name is needed.' })
  @MaxLength(255, { message: 'At most 255 characters.' })
  filename!: string;

  @Field(() => Int, { description: 'Its size in bytes, at most 10 MB.' })
  @Min(1, { message: 'The file is empty.' })
  size!: number;
}

@InputType({
  description:
    'Where a column of an import takes its values from: a column of the file, or a value for all rows.',
})
export class ImportMappedColumnInput {
  @Field(() => String, { description: 'The key of the column.' })
  column!: string;

  @Field(() => Int, { nullable: true, description: 'The column of the file, counted from 0; null for none.' })
  source?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'A value for all rows; it counts without a source only.',
  })
  @IsOptional()
  @MaxLength(200, { message: 'At most 200 characters.' })
  value?: string | null;
}

@InputType({ description: 'How a file is read and what its columns mean; what is left out stays.' })
export class ImportUpdateInput {
  @Field(() => ID, { description: WHICH })
  importId!: string;

  @Field(() => Int, { description: VERSION })
  expectedVersion!: number;

  @Field(() => ImportEncodingEnum, { nullable: true, description: 'Of a text.' })
  encoding?: string | null;

  @Field(() => String, { nullable: true, description: 'Of CSV: comma, semicolon, tab or vertical bar.' })
  @IsOptional()
  @IsIn(SEPARATORS, { message: 'Comma, semicolon, tab or vertical bar.' })
  separator?: string | null;

  @Field(() => String, { nullable: true, description: 'Of a workbook: the sheet to read.' })
  @IsOptional()
  @MaxLength(255, { message: 'At most 255 characters.' })
  sheet?: string | null;

  @Field(() => Int, { nullable: true, description: 'The line that names the columns; 0 when none does.' })
  @IsOptional()
  @Min(0, { message: 'A line counts from 1; 0 is none.' })
  headerLine?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'The decimal sign of numbers in texts: full stop or comma.',
  })
  @IsOptional()
  @IsIn(['.', ','], { message: 'A full stop or a comma.' })
  decimalSign?: string | null;

  @Field(() => [ImportMappedColumnInput], {
    nullable: true,
    description: 'What the columns mean: all of them. Columns that are left out are not taken.',
  })
  @IsOptional()
  @ArrayMaxSize(100, { message: 'At most 100 columns.' })
  mapping?: ImportMappedColumnInput[] | null;
}

@InputType({ description: 'An import whose rows are to be checked.' })
export class ImportCheckInput {
  @Field(() => ID, { description: WHICH })
  importId!: string;

  @Field(() => Int, { description: VERSION })
  expectedVersion!: number;

  @Field(() => ID, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'A checked import that is to be applied.' })
export class ImportApplyInput {
  @Field(() => ID, { description: WHICH })
  importId!: string;

  @Field(() => Int, { description: VERSION })
  expectedVersion!: number;

  @Field(() => ID, { description: KEY })
  idempotencyKey!: string;
}
