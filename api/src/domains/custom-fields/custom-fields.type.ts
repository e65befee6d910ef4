import { IsOptional } from 'class-validator';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { FieldDescription } from '../../platform/fields/field-description.type.js';
import { FieldValue } from '../../platform/fields/field-value.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';
import { Node } from '../../platform/graphql/node.type.js';
import { Payload } from '../../platform/graphql/payload.js';

@ObjectType({ description: 'A declared field of one entity, with its value.', simpleResolvers: true })
export class CustomField {
  @Field(() => FieldDescription, { description: 'How a form draws it.' })
  readonly description!: FieldDescription;

  @Field(() => Boolean, { description: 'Whether everybody who may read the entity may read the value.' })
  readonly isPublic!: boolean;

  @Field(() => FieldValue, {
    nullable: true,
    description:
      'The value; null when there is none, or what is stored does not fit the declaration any more.',
  })
  readonly value!: unknown;
}

@ObjectType({ description: 'All declared fields of one entity, for a form of staff.', simpleResolvers: true })
export class CustomFieldSet {
  @Field(() => Int, {
    description: 'Goes up with each change; give it as expectedVersion. 0 when nothing was ever written.',
  })
  readonly version!: number;

  @ListSize(10)
  @Field(() => [CustomField], {
    description: 'In the order in which plugins and vitrine.config.ts declare them; empty when none does.',
  })
  readonly fields!: readonly CustomField[];
}

@InputType({ description: 'A value for one declared field.' })
export class CustomFieldValueInput {
  @Field(() => String, { description: 'The name of the field: `careGuide`.' })
  name!: string;

  @Field(() => FieldValue, {
    nullable: true,
    description: 'What it is to hold; null or left out empties it.',
  })
  @IsOptional()
  value?: unknown;
}

@InputType({
  description: 'Values for declared fields of one entity; fields that are not named stay as they are.',
})
export class CustomFieldsUpdateInput {
  @Field(() => ID, { description: 'A product, a variant, a category, an order, an open cart or a customer.' })
  nodeId!: string;

  @Field(() => [CustomFieldValueInput], { description: 'What changes.' })
  values!: CustomFieldValueInput[];

  @Field(() => Int, {
    nullable: true,
    description:
      'The version of the set that the change is based on; STALE_VERSION when it is another by now. Null skips the check: of two who write one field the later wins.',
  })
  @IsOptional()
  expectedVersion?: number | null;
}

@ObjectType({ description: 'The entity with its declared fields as they are now.', simpleResolvers: true })
export class CustomFieldsPayload extends Payload {
  @Field(() => Node, { nullable: true, description: 'The entity; null when there is none.' })
  node!: object | null;
}
