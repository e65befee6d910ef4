import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsNotEmpty,
  IsOptional,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import type { Language } from '../../../kernel/languages.js';
import { LanguageCode } from '../../../platform/graphql/language.type.js';
import { NeverNull } from '../../../platform/graphql/never-null.js';
import { ProductLabel, ProductStatusEnum } from '../catalog.enums.js';
import { ProductVariantInput } from '../variants/variant.input.js';

const CODE = /^[a-z0-9]([a-z0-9._-]{0,48}[a-z0-9])?$/i;
const SWATCH = /^#[0-9A-Fa-f]{6}$/;

@InputType({
  description: "A product's texts in one language. Leaving a field out keeps it, null clears it.",
})
export class ProductTranslationInput {
  @Field(() => LanguageCode, { description: 'The language.' })
  locale!: Language;

  @Field(() => String, { description: 'The name.' })
  @IsNotEmpty({ message: 'A name is needed.' })
  @MaxLength(200, { message: 'At most 200 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'One or two sentences, plain text.' })
  @IsOptional()
  @MaxLength(1000, { message: 'At most 1,000 characters.' })
  summary?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The long text as HTML; what is not harmless is taken out.',
  })
  @IsOptional()
  @MaxLength(50_000, { message: 'At most 50,000 characters.' })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'Title for search engines.' })
  @IsOptional()
  @MaxLength(200, { message: 'At most 200 characters.' })
  seoTitle?: string | null;

  @Field(() => String, { nullable: true, description: 'Description for search engines.' })
  @IsOptional()
  @MaxLength(500, { message: 'At most 500 characters.' })
  seoDescription?: string | null;
}

@InputType({ description: 'A choice within an option.' })
export class ProductOptionValueInput {
  @Field(() => String, { description: 'Its name for programs, unique within the option.' })
  @Matches(CODE, { message: 'Letters, digits, dot, dash or underscore; at most 50.' })
  code!: string;

  @Field(() => String, { description: "Its name in the shop's default language." })
  @IsNotEmpty({ message: 'A name is needed.' })
  @MaxLength(100, { message: 'At most 100 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Color as #RRGGBB.' })
  @IsOptional()
  @Matches(SWATCH, { message: 'A colour such as #76876A.' })
  swatch?: string | null;
}

@InputType({ description: 'A choice to make before buying.' })
export class ProductOptionInput {
  @Field(() => String, { description: 'Its name for programs, unique within the product.' })
  @Matches(CODE, { message: 'Letters, digits, dot, dash or underscore; at most 50.' })
  code!: string;

  @Field(() => String, { description: "Its name in the shop's default language." })
  @IsNotEmpty({ message: 'A name is needed.' })
  @MaxLength(100, { message: 'At most 100 characters.' })
  name!: string;

  @Field(() => [ProductOptionValueInput], { description: 'The choices, in order.' })
  @ArrayNotEmpty({ message: 'An option needs at least one choice.' })
  @ArrayMaxSize(100, { message: 'At most 100 choices.' })
  @ValidateNested({ each: true })
  values!: ProductOptionValueInput[];
}

@InputType({ description: 'The fields of a product that staff edit; in a change, absent fields stay.' })
abstract class ProductFields {
  @Field(() => String, {
    nullable: true,
    description:
      'Name in addresses; made from the name when a new product has none. After a change the old one redirects.',
  })
  @IsOptional()
  @MaxLength(80, { message: 'At most 80 characters.' })
  slug?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Categories; the first is the main one.' })
  @IsOptional()
  @ArrayMaxSize(20, { message: 'At most 20 categories.' })
  categoryIds?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "Titles of tags, in the shop's default language; made when new.",
  })
  @IsOptional()
  @ArrayMaxSize(30, { message: 'At most 30 tags.' })
  @MaxLength(60, { each: true, message: 'At most 60 characters.' })
  tags?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Attribute values.' })
  @IsOptional()
  @ArrayMaxSize(60, { message: 'At most 60 values.' })
  attributeValueIds?: string[] | null;

  @Field(() => [ProductLabel], {
    nullable: true,
    description: 'Labels on the card; SALE follows from the prices and is ignored.',
  })
  @IsOptional()
  labels?: ProductLabel[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Show it first.' })
  featured?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Code of the tax class of all its variants, one of `taxClasses`; a new product without one is "standard". What was ordered keeps its rate.',
  })
  @IsOptional()
  @MaxLength(50, { message: 'At most 50 characters.' })
  taxClass?: string | null;
}

@InputType({ description: 'A new product with its variants.' })
export class ProductCreateInput extends ProductFields {
  @Field(() => [ProductTranslationInput], {
    description: "Its texts; the shop's default language must be among them.",
  })
  @ArrayNotEmpty({ message: 'At least one language is needed.' })
  @ValidateNested({ each: true })
  translations!: ProductTranslationInput[];

  @Field(() => ProductStatusEnum, {
    nullable: true,
    defaultValue: ProductStatusEnum.DRAFT,
    description: 'Who can see it.',
  })
  status?: ProductStatusEnum | null;

  @Field(() => [ProductOptionInput], {
    nullable: true,
    description: 'The options to choose before buying, in order.',
  })
  @IsOptional()
  @ArrayMaxSize(5, { message: 'At most 5 options.' })
  @ValidateNested({ each: true })
  options?: ProductOptionInput[] | null;

  @Field(() => [ProductVariantInput], { description: 'At least one variant.' })
  @ArrayNotEmpty({ message: 'A product needs at least one variant.' })
  @ArrayMaxSize(250, { message: 'At most 250 variants.' })
  @ValidateNested({ each: true })
  variants!: ProductVariantInput[];

  @Field(() => ID, {
    nullable: true,
    description: 'Generated by the client: a repeat returns the product that the first call created.',
  })
  @IsOptional()
  @MaxLength(128, { message: 'At most 128 characters.' })
  idempotencyKey?: string | null;
}

@NeverNull<ProductUpdateInput>(
  'slug',
  'categoryIds',
  'tags',
  'attributeValueIds',
  'labels',
  'featured',
  'taxClass',
  'translations',
  'status',
)
@InputType({ description: 'A change of a product: what is left out stays, an empty list empties.' })
export class ProductUpdateInput extends ProductFields {
  @Field(() => ID, { description: 'The product.' })
  productId!: string;

  @Field(() => Int, {
    description: 'The version that the change is based on; STALE_VERSION when it is another by now.',
  })
  expectedVersion!: number;

  @Field(() => [ProductTranslationInput], {
    nullable: true,
    description: 'Languages to write; those left out stay.',
  })
  @IsOptional()
  @ValidateNested({ each: true })
  translations?: ProductTranslationInput[] | null;

  @Field(() => ProductStatusEnum, { nullable: true, description: 'Who can see it.' })
  status?: ProductStatusEnum | null;
}

@InputType({ description: 'Takes a product from sale.' })
export class ProductArchiveInput {
  @Field(() => ID, { description: 'The product.' })
  productId!: string;

  @Field(() => Int, { description: 'The version that was seen; STALE_VERSION when it is another by now.' })
  expectedVersion!: number;
}
