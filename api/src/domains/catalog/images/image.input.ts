import { ArrayMaxSize, IsNotEmpty, IsOptional, MaxLength, Min } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType({ description: 'A file that is about to be sent.' })
export class UploadCreateInput {
  @Field(() => String, { description: 'Its name, for people.' })
  @IsNotEmpty({ message: 'A file name is needed.' })
  @MaxLength(255, { message: 'At most 255 characters.' })
  filename!: string;

  @Field(() => String, { description: 'image/jpeg, image/png or image/webp.' })
  contentType!: string;

  @Field(() => Int, { description: 'Its size in bytes, at most 10 MB.' })
  @Min(1, { message: 'The file is empty.' })
  size!: number;
}

@InputType({ description: "Puts a received file into a product's gallery." })
export class ProductImageAddInput {
  @Field(() => ID, { description: 'The product.' })
  productId!: string;

  @Field(() => ID, { description: 'The upload; it can be used once.' })
  uploadId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What the image shows, in the language of the request.',
  })
  @IsOptional()
  @MaxLength(300, { message: 'At most 300 characters.' })
  alt?: string | null;
}

@InputType({ description: 'A new text for an image.' })
export class ProductImageUpdateInput {
  @Field(() => ID, { description: 'The image.' })
  imageId!: string;

  @Field(() => String, { description: 'What it shows, in the language of the request.' })
  @MaxLength(300, { message: 'At most 300 characters.' })
  alt!: string;
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
