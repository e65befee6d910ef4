import { Field, ID, ObjectType } from 'type-graphql';
import { Payload } from '../../platform/graphql/payload.js';
import { ProductImage } from './images/product-image.type.js';
import { Product, ProductVariant } from './products/product.type.js';

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
