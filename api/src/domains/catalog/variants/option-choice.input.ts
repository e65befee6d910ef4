import { Field, InputType } from 'type-graphql';

@InputType({ description: 'One choice of a variant.' })
export class OptionChoiceInput {
  @Field(() => String, { description: 'Code of the option.' })
  option!: string;

  @Field(() => String, { description: 'Code of the choice.' })
  value!: string;
}
