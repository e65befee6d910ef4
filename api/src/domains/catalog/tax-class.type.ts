import { Field, ObjectType } from 'type-graphql';

@ObjectType({ description: 'Goods that are taxed alike.', simpleResolvers: true })
export class TaxClass {
  @Field(() => String, { description: 'Its name for programs: "standard", "reduced".' })
  readonly code!: string;

  @Field(() => String, {
    description: 'The tax contained in a price at the shop\'s own place, in percent: "21".',
  })
  readonly ratePercent!: string;
}
