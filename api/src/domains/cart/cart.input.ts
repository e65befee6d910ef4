import { ArrayMaxSize, ArrayNotEmpty, IsOptional, MaxLength, ValidateNested } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { EmailAddress } from '../../platform/graphql/scalars.js';
import { AddressInput } from '../identity/index.js';

const MOST_LINES = 50;
const TOO_MANY = { message: 'At most 50 lines at once.' };
const NOTHING = { message: 'Name at least one line.' };

@InputType({ description: 'A variant and how many of it.' })
export class CartLineInput {
  @Field(() => ID, { description: 'The variant to buy.' })
  variantId!: string;

  @Field(() => Int, { defaultValue: 1, description: 'How many, 1 to 999.' })
  quantity!: number;
}

@InputType({ description: 'A new cart.' })
export class CartCreateInput {
  @Field(() => [CartLineInput], { nullable: true, description: 'What to begin with, at most 50 lines.' })
  @IsOptional()
  @ArrayMaxSize(MOST_LINES, TOO_MANY)
  lines?: CartLineInput[] | null;
}

@InputType({ description: 'What to add.' })
export class CartLineAddInput {
  @Field(() => ID, { description: 'The variant to add.' })
  variantId!: string;

  @Field(() => Int, { defaultValue: 1, description: 'How many more, 1 to 999.' })
  quantity!: number;
}

@InputType({ description: 'A new quantity for a line.' })
export class CartLineUpdateInput {
  @Field(() => ID, { description: 'The line.' })
  lineId!: string;

  @Field(() => Int, { description: 'The new quantity, 0 to 999; 0 removes the line.' })
  quantity!: number;
}

@InputType({ description: 'A line to take out.' })
export class CartLineRemoveInput {
  @Field(() => ID, { description: 'The line.' })
  lineId!: string;
}

@InputType({ description: 'Variants to add, all or none.' })
export class CartLinesAddInput {
  @Field(() => [CartLineInput], { description: 'What to add, 1 to 50; the same variant twice adds up.' })
  @ArrayNotEmpty(NOTHING)
  @ArrayMaxSize(MOST_LINES, TOO_MANY)
  lines!: CartLineInput[];
}

@InputType({ description: 'New quantities for lines, all or none.' })
export class CartLinesUpdateInput {
  @Field(() => [CartLineUpdateInput], {
    description: 'Lines with their quantities, 1 to 50, each line once.',
  })
  @ArrayNotEmpty(NOTHING)
  @ArrayMaxSize(MOST_LINES, TOO_MANY)
  lines!: CartLineUpdateInput[];
}

@InputType({ description: 'Lines to take out, all or none.' })
export class CartLinesRemoveInput {
  @Field(() => [ID], { description: 'The lines, 1 to 50, each once.' })
  @ArrayNotEmpty(NOTHING)
  @ArrayMaxSize(MOST_LINES, TOO_MANY)
  lineIds!: string[];
}

@InputType({ description: 'Where to reach the buyer.' })
export class CartContactUpdateInput {
  @Field(() => EmailAddress, { description: 'The confirmation goes here.' })
  email!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'For the courier, in any spelling; national numbers are those of the delivery address, else of the shop. Null takes that of the delivery address.',
  })
  @IsOptional()
  @MaxLength(64, { message: 'At most 64 characters.' })
  phone?: string | null;
}

@InputType({ description: 'Where the goods and the invoice go.' })
export class CartAddressesUpdateInput {
  @Field(() => AddressInput, { description: 'Where the goods go.' })
  @ValidateNested()
  shippingAddress!: AddressInput;

  @Field(() => AddressInput, {
    nullable: true,
    description: 'Where the invoice goes; null for the same address.',
  })
  @IsOptional()
  @ValidateNested()
  billingAddress?: AddressInput | null;
}

@InputType({ description: 'A choice of delivery.' })
export class CartShippingMethodSelectInput {
  @Field(() => ID, { description: 'The `shippingMethodId` of one of `cart.shippingMethods`.' })
  shippingMethodId!: string;
}
