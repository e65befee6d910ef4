import { FieldResolver, Resolver } from 'type-graphql';
import { ShareImage } from '../media/index.js';
import { ShopBrand } from '../store/index.js';
import type { ShopShareImage } from './share-image.js';

@Resolver(() => ShopBrand)
export class ShareImageResolver {
  constructor(private readonly share: ShopShareImage) {}

  @FieldResolver(() => ShareImage, {
    nullable: true,
    description: 'The image with which pages without an image of their own are shared; null for none.',
  })
  shareImage(): Promise<object | null> {
    return this.share.get();
  }
}
