import { Field, ID, InputType } from 'type-graphql';
import { IsOptional, MaxLength } from 'class-validator';
import { ProductStatusEnum } from '../catalog.enums.js';
import { StaffProductFilter } from '../listing/product-filter.input.js';

@InputType({ description: 'A status for many products.' })
export class ProductStatusBulkUpdateInput {
  @Field(() => String, { nullable: true, description: 'As for the list of products of staff; null for all.' })
  @IsOptional()
  @MaxLength(200, { message: 'At most 200 characters.' })
  search?: string | null;

  @Field(() => StaffProductFilter, {
    nullable: true,
    description:
      'As for the list of products of staff; chosen ones by `ids`. Null for all; an empty list in it is refused.',
  })
  filter?: StaffProductFilter | null;

  @Field(() => ProductStatusEnum, { description: 'What they become.' })
  status!: ProductStatusEnum;

  @Field(() => ID, {
    description: 'Made by the client, 8 to 128 characters: a repeat answers the same job.',
  })
  idempotencyKey!: string;
}

@InputType({ description: 'A long job of which the effect is to be undone.' })
export class ProductStatusBulkUndoInput {
  @Field(() => ID, { description: 'The job, of the kind PRODUCT_STATUS, which has ended.' })
  jobId!: string;

  @Field(() => ID, {
    description: 'Made by the client, 8 to 128 characters: a repeat answers the same job.',
  })
  idempotencyKey!: string;
}
