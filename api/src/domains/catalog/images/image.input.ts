import type { Language } from '../../../kernel/languages.js';
import { LanguageCode } from '../../../platform/graphql/language.type.js';
import { ArrayMaxSize, IsOptional, MaxLength } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: "Puts a received file, or one of the media library, into a product's gallery." })
export class ProductImageAddInput {
  @Field(() => ID, { description: 'The product.' })
  productId!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The upload, which can be used once. Either this or mediaId.',
  })
  @IsOptional()
  uploadId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'A public image of the media library. Either this or uploadId.',
  })
  @IsOptional()
  mediaId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What the image shows. It is the text of the file, wherever that is shown.',
  })
  @IsOptional()
  @MaxLength(300, { message: 'At most 300 characters.' })
  alt?: string | null;

  @Field(() => LanguageCode, {
    nullable: true,
    description: 'The language of the text; that of the request when it is left out.',
  })
  @IsOptional()
  locale?: Language | null;
}

@InputType({ description: 'A new text for an image.' })
export class ProductImageUpdateInput {
  @Field(() => ID, { description: 'The image.' })
  imageId!: string;

  @Field(() => String, {
    description: 'What it shows. It is the text of the file, wherever that is shown.',
  })
  @MaxLength(300, { message: 'At most 300 characters.' })
  alt!: string;

  @Field(() => LanguageCode, {
    nullable: true,
    description: 'The language of the text; that of the request when it is left out.',
  })
  @IsOptional()
  locale?: Language | null;
}

@InputType({ description: 'Has the sizes of an image made once more.' })
export class ProductImageRetryInput {
  @Field(() => ID, { description: 'The image.' })
  imageId!: string;
}

@InputType({ description: 'Takes an image out of the gallery.' })
export class ProductImageDeleteInput {
  @Field(() => ID, { description: 'The image.' })
  imageId!: string;
}

@InputType({ description: 'A new order of the gallery.' })
export class ProductImagesReorderInput {
  @Field(() => ID, { description: 'The product.' })
  productId!: string;

  @Field(() => [ID], { description: 'Every image of the product, whatever its status, in the new order.' })
  @ArrayMaxSize(50, { message: 'At most 50 images.' })
  imageIds!: string[];
}
