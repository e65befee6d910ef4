import { ArrayMaxSize, IsOptional, MaxLength, ValidateNested } from 'class-validator';
import { Field, InputType, Int } from 'type-graphql';

const MOST_CHARACTERS = 2000;
const MOST_VALUES = 20;

@InputType({ description: 'A value of an integration.' })
export class IntegrationValueInput {
  @Field(() => String, { description: 'Name of the field.' })
  @MaxLength(100)
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: `At most ${MOST_CHARACTERS} characters; null removes what is stored. It can never be read again.`,
  })
  @IsOptional()
  @MaxLength(MOST_CHARACTERS)
  value?: string | null;
}

@InputType({ description: 'A change of the values of an integration.' })
export class IntegrationUpdateInput {
  @Field(() => String, { description: 'Which integration.' })
  @MaxLength(100)
  code!: string;

  @Field(() => [IntegrationValueInput], { description: 'What changes; what is left out stays.' })
  @ValidateNested({ each: true })
  @ArrayMaxSize(MOST_VALUES)
  values!: IntegrationValueInput[];

  @Field(() => Int, {
    nullable: true,
    description:
      'The version that the change is based on; STALE_VERSION when it is another by now. Null skips the check.',
  })
  @IsOptional()
  expectedVersion?: number | null;
}

@InputType({ description: 'An integration to try out.' })
export class IntegrationTestInput {
  @Field(() => String, { description: 'Which integration.' })
  @MaxLength(100)
  code!: string;
}
