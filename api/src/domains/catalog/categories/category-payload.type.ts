import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Payload } from '../../../platform/graphql/payload.js';
import { Category } from './category.type.js';

@ObjectType({ description: 'The category as it is now.', simpleResolvers: true })
export class CategoryPayload extends Payload {
  @Field(() => Category, {
    nullable: true,
    description: 'The category as it is now, also when refused; null when there is none.',
  })
  category!: object | null;
}

@ObjectType({ description: 'What became of the category.', simpleResolvers: true })
export class CategoryDeletePayload extends CategoryPayload {
  @Field(() => ID, { nullable: true, description: 'The deleted category; null when refused.' })
  deletedCategoryId?: string | null;
}

@ObjectType({ description: 'What deleting a category touches.', simpleResolvers: true })
export class CategoryDeletePreview {
  @Field(() => Int, { description: 'Categories directly below it.' })
  readonly children!: number;

  @Field(() => Int, { description: 'Products that are in it itself, of any status.' })
  readonly products!: number;

  @Field(() => Int, { description: 'Those of them that are on sale.' })
  readonly onSale!: number;

  @Field(() => Int, { description: 'Those of them that are in no other category.' })
  readonly onlyHere!: number;
}
