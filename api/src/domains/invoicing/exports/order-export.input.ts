import { Field, ID, InputType } from 'type-graphql';
import { ArrayNotEmpty, ArrayUnique, IsOptional, MaxLength } from 'class-validator';
import { OrderFilter, OrderSort } from '../../orders/index.js';
import { OrderExportColumn } from './order-export-column.js';

@InputType({ description: 'Which orders to write into a file.' })
export class OrderExportCreateInput {
  @Field(() => OrderFilter, { nullable: true, description: 'As for the list of orders; null for all.' })
  filter?: OrderFilter | null;

  @Field(() => String, { nullable: true, description: 'As for the list of orders; null for all.' })
  @IsOptional()
  @MaxLength(100, { message: 'At most 100 characters.' })
  search?: string | null;

  @Field(() => OrderSort, { nullable: true, description: 'In which order; null for the oldest first.' })
  sort?: OrderSort | null;

  @Field(() => [OrderExportColumn], {
    nullable: true,
    description: 'Which columns, from left to right, each once; null for all. An empty list is refused.',
  })
  @IsOptional()
  @ArrayNotEmpty({ message: 'At least one column.' })
  @ArrayUnique({ message: 'Each column once.' })
  columns?: OrderExportColumn[] | null;

  @Field(() => ID, {
    description: 'Made by the client, 8 to 128 characters: a repeat answers the same job.',
  })
  idempotencyKey!: string;
}
