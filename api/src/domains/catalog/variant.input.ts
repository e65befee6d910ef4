import { ArrayMaxSize, IsOptional, Matches, Max, Min, ValidateNested } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { NeverNull } from '../../platform/graphql/never-null.js';
import { CalendarDate, MinorUnits } from '../../platform/graphql/scalars.js';
import { StockPolicyEnum } from './catalog.enums.js';

const MAX_PRICE = 100_000_000_000;
const SKU = /^[\p{L}\p{N}](?:[\p{L}\p{N} ._/+-]{0,62}[\p{L}\p{N}])?$/u;
const BARCODE = /^[A-Za-z0-9-]{4,32}$/;

@InputType({ description: 'One choice of a variant.' })
export class OptionChoiceInput {
  @Field(() => String, { description: 'Code of the option.' })
  option!: string;

  @Field(() => String, { description: 'Code of the choice.' })
  value!: string;
}

@InputType({ description: 'A new variant.' })
export class ProductVariantInput {
  @Field(() => String, { description: 'SKU, unique in the shop without regard to case.' })
  @Matches(SKU, { message: 'Up to 64 letters, digits, spaces and . _ / + -' })
  sku!: string;

  @Field(() => String, { nullable: true, description: 'EAN or another barcode, unique in the shop.' })
  @IsOptional()
  @Matches(BARCODE, { message: '4 to 32 letters, digits or dashes.' })
  barcode?: string | null;

  @Field(() => MinorUnits, { description: "Price with tax, in the shop's currency." })
  @Min(0, { message: 'A price cannot be negative.' })
  @Max(MAX_PRICE, { message: 'This price is too high.' })
  price!: number;

  @Field(() => MinorUnits, { nullable: true, description: 'What it cost before; higher than the price.' })
  @IsOptional()
  @Max(MAX_PRICE, { message: 'This price is too high.' })
  compareAtPrice?: number | null;

  @Field(() => Int, { nullable: true, description: 'Weight in grams.' })
  @IsOptional()
  @Min(0, { message: 'A weight cannot be negative.' })
  weightGrams?: number | null;

  @Field(() => [OptionChoiceInput], {
    nullable: true,
    description: "One choice for each of the product's options.",
  })
  @IsOptional()
  @ArrayMaxSize(10, { message: 'At most 10 options.' })
  options?: OptionChoiceInput[] | null;

  @Field(() => Int, { nullable: true, description: 'Units on hand to begin with; 0 without it.' })
  @IsOptional()
  @Min(0, { message: 'Stock cannot be negative.' })
  @Max(1_000_000, { message: 'At most 1,000,000.' })
  stock?: number | null;
}

@InputType({ description: 'A new variant of an existing product.' })
export class ProductVariantCreateInput {
  @Field(() => ID, { description: 'The product.' })
  productId!: string;

  @Field(() => ProductVariantInput, { description: 'The variant.' })
  @ValidateNested()
  variant!: ProductVariantInput;

  @Field(() => ID, {
    nullable: true,
    description:
      'Made by the client, 8 to 128 characters: a repeat has no further effect and answers what the first call did.',
  })
  idempotencyKey?: string | null;
}

@NeverNull<ProductVariantUpdateInput>('sku', 'price', 'stockPolicy')
@InputType({ description: 'A change of a variant: what is left out stays, null clears.' })
export class ProductVariantUpdateInput {
  @Field(() => ID, { description: 'The variant.' })
  variantId!: string;

  @Field(() => String, { nullable: true, description: 'SKU.' })
  @IsOptional()
  @Matches(SKU, { message: 'Up to 64 letters, digits, spaces and . _ / + -' })
  sku?: string | null;

  @Field(() => String, { nullable: true, description: 'EAN or another barcode.' })
  @IsOptional()
  @Matches(BARCODE, { message: '4 to 32 letters, digits or dashes.' })
  barcode?: string | null;

  @Field(() => MinorUnits, { nullable: true, description: 'Price with tax.' })
  @IsOptional()
  @Min(0, { message: 'A price cannot be negative.' })
  @Max(MAX_PRICE, { message: 'This price is too high.' })
  price?: number | null;

  @Field(() => MinorUnits, { nullable: true, description: 'What it cost before; higher than the price.' })
  @IsOptional()
  @Max(MAX_PRICE, { message: 'This price is too high.' })
  compareAtPrice?: number | null;

  @Field(() => Int, { nullable: true, description: 'Weight in grams.' })
  @IsOptional()
  @Min(0, { message: 'A weight cannot be negative.' })
  weightGrams?: number | null;

  @Field(() => ID, { nullable: true, description: "One of the product's images." })
  imageId?: string | null;

  @Field(() => StockPolicyEnum, {
    nullable: true,
    description: 'Whether it is sold when nothing is there.',
  })
  @IsOptional()
  stockPolicy?: StockPolicyEnum | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many may be sold that are still to come; null for any number.',
  })
  @IsOptional()
  @Min(0, { message: 'A limit cannot be negative.' })
  @Max(1_000_000, { message: 'At most 1,000,000.' })
  backorderLimit?: number | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The day from which back-ordered units can be had; null when nobody knows.',
  })
  @IsOptional()
  availableFrom?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "From how many units down it counts as low; null for the shop's number.",
  })
  @IsOptional()
  @Min(0, { message: 'A threshold cannot be negative.' })
  @Max(1_000_000, { message: 'At most 1,000,000.' })
  lowStockThreshold?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The version that the change is based on; STALE_VERSION when it is another by now. Null asks nothing.',
  })
  @IsOptional()
  expectedVersion?: number | null;
}

@InputType({ description: 'Takes a variant from sale; orders keep it.' })
export class ProductVariantDeleteInput {
  @Field(() => ID, { description: 'The variant.' })
  variantId!: string;
}
