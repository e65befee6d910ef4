import { Field, ID, InputType } from 'type-graphql';
import { IsOptional, MaxLength } from 'class-validator';
import { OrderFilter } from '../../orders/index.js';

@InputType({ description: 'Which orders to write into a file.' })
export class OrderExportCreateInput {
  @Field(() => OrderFilter, { nullable: true, description: 'As for the list of orders; null for all.' })
  filter?: OrderFilter | null;

  @Field(() => String, { nullable: true, description: 'As for the list of orders; null for all.' })
  @IsOptional()
  @MaxLength(100, { message: 'At most 100 characters.' })
  search?: string | null;

  @Field(() => ID, {
    description: 'Made by the client, 8 to 128 characters: a repeat answers the same job.',
  })
  idempotencyKey!: string;
}
