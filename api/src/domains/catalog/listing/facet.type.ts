import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Localized } from '../../../platform/graphql/derived.js';
import { AttributeKind } from '../catalog.enums.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
@ObjectType({ description: 'A value one can filter by.', simpleResolvers: true })
export class FacetValue {
  @Field(() => String, { description: 'Give it in the filter.' })
  readonly code!: string;

  @ListSize(1)
  @Field(() => [String], {
    description: 'What it was called in filters before: a filter may give these, an address should not.',
  })
  readonly formerCodes!: string[];

  @Localized({ description: 'Its name, in the language of the request.' })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: 'Color as #RRGGBB; only of colors.' })
  readonly swatch!: string | null;

  @Field(() => Int, { description: 'How many products there would be with it, under all other filters.' })
  readonly count!: number;

  @Field(() => Boolean, { description: 'It is part of the present filter.' })
  readonly selected!: boolean;
}

@ObjectType({ description: 'From one number to another.', simpleResolvers: true })
export class NumberRange {
  @Field(() => Float, { description: 'The least.' })
  readonly min!: number;

  @Field(() => Float, { description: 'The greatest.' })
  readonly max!: number;
}

@ObjectType({
  description: 'A filter, with the values that products of this list have.',
  simpleResolvers: true,
})
export class Facet {
  @Field(() => String, { description: 'Code of the attribute, or "tag".' })
  readonly code!: string;

  @Localized({ description: 'Its name, in the language of the request.' })
  readonly name!: string;

  @Field(() => AttributeKind, { description: 'How its values are shown.' })
  readonly kind!: AttributeKind;

  @Field(() => String, { nullable: true, description: 'Unit of its numbers; null for none.' })
  readonly unit!: string | null;

  @Field(() => NumberRange, {
    nullable: true,
    description:
      'Of NUMBER: the least and the greatest number of the products that all other filters leave; null where there are not two.',
  })
  readonly range!: NumberRange | null;

  @ListSize(10)
  @Field(() => [FacetValue], {
    description: 'Values that would leave at least one product, and chosen ones; none of NUMBER.',
  })
  readonly values!: FacetValue[];
}
