import { Field, ID, ObjectType } from 'type-graphql';
import { GlobalId } from '../../platform/graphql/derived.js';
import { Payload } from '../../platform/graphql/payload.js';
import { DateTime, Url } from '../../platform/graphql/scalars.js';
import { ProductImage } from './images/product-image.type.js';
import { Product, ProductVariant } from './products/product.type.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';

@ObjectType({ description: 'The product as it is now.', simpleResolvers: true })
export class ProductPayload extends Payload {
  @Field(() => Product, {
    nullable: true,
    description: 'The product as it is now, also when refused; null when there is none.',
  })
  product!: object | null;
}

@ObjectType({ description: 'The variant and its product as they are now.', simpleResolvers: true })
export class ProductVariantPayload extends Payload {
  @Field(() => ProductVariant, {
    nullable: true,
    description: 'The variant as it is now, also when refused; null when there is none.',
  })
  variant!: object | null;

  @Field(() => Product, {
    nullable: true,
    description: 'Its product as it is now, also when refused; null when there is none.',
  })
  product!: object | null;
}

@ObjectType({ description: 'The image and its product as they are now.', simpleResolvers: true })
export class ProductImagePayload extends Payload {
  @Field(() => ProductImage, { nullable: true, description: 'The image; null when refused.' })
  image!: object | null;

  @Field(() => Product, {
    nullable: true,
    description: 'Its product as it is now, also when refused; null when there is none.',
  })
  product!: object | null;
}

@ObjectType({ description: 'The product without a variant of it.', simpleResolvers: true })
export class ProductVariantDeletePayload extends ProductPayload {
  @Field(() => ID, { nullable: true, description: 'The deleted variant; null when refused.' })
  deletedVariantId?: string | null;
}

@ObjectType({ description: 'The product without an image of it.', simpleResolvers: true })
export class ProductImageDeletePayload extends ProductPayload {
  @Field(() => ID, { nullable: true, description: 'The deleted image; null when refused.' })
  deletedImageId?: string | null;
}

@ObjectType({ description: 'A header to send.', simpleResolvers: true })
export class UploadHeader {
  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => String, { description: 'Its value.' })
  value!: string;
}

@ObjectType({ description: 'The URL and headers for sending a file.', simpleResolvers: true })
export class Upload {
  @GlobalId('upl')
  id!: string;

  @Field(() => Url, {
    description: 'Send the bytes to this URL. Whoever knows it may send, so keep it secret.',
  })
  url!: string;

  @Field(() => String, { description: 'The HTTP method.' })
  method!: string;

  @ListSize(2)
  @Field(() => [UploadHeader], { description: 'Headers to send along.' })
  headers!: UploadHeader[];

  @Field(() => DateTime, { description: 'Until when.' })
  expiresAt!: Date;
}

@ObjectType({ description: 'Where to send the file.', simpleResolvers: true })
export class UploadPayload extends Payload {
  @Field(() => Upload, { nullable: true, description: 'The upload; null when refused.' })
  upload!: object | null;
}
