import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import { catalogLoaders } from '../catalog.loaders.js';
import {
  UploadCreateInput,
  UploadPayload,
  type MediaProcessingService,
  type UploadService,
} from '../../media/index.js';
import { ProductImageDeletePayload, ProductImagePayload, ProductPayload } from '../catalog-payload.type.js';
import type { GalleryService, ImageSource } from './gallery.service.js';
import {
  ProductImageAddInput,
  ProductImageDeleteInput,
  ProductImageRetryInput,
  ProductImagesReorderInput,
  ProductImageUpdateInput,
} from './image.input.js';
import { InvalidInputError } from '../../../kernel/errors.js';
import { requireId } from '../../../kernel/require-id.js';
import { changedProduct, productAsItIs } from '../products/changed-product.js';
import { cleanText } from '../products/safe-html.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';

@Resolver()
export class GalleryAdminResolver {
  constructor(
    private readonly uploads: UploadService,
    private readonly gallery: GalleryService,
    private readonly making: MediaProcessingService,
  ) {}

  @Auth(Role.MANAGER, 'CATALOG_WRITE')
  @UserErrors('UPLOAD_INVALID')
  @Mutation(() => UploadPayload, {
    description: 'Opens an address to send an image to.',
  })
  uploadCreate(
    @Arg('input', () => UploadCreateInput, { description: 'The file.' }) input: UploadCreateInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<object> {
    return asPayload(input, async () => ({ upload: await this.uploads.create(viewer!.userId, input) }));
  }

  @Auth(Role.MANAGER, 'CATALOG_WRITE')
  @UserErrors('UPLOAD_INVALID', 'MEDIA_NOT_USABLE')
  @Mutation(() => ProductImagePayload, {
    description:
      "Puts a sent image, or one of the media library, at the end of a product's gallery. A sent one comes into the library. It is PROCESSING until a job has made its sizes, and can be ordered, described and given to variants meanwhile.",
  })
  productImageAdd(
    @Arg('input', () => ProductImageAddInput, { description: 'Which image, which product.' })
    input: ProductImageAddInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return asPayload(
      input,
      async () => {
        const productId = requireId('prod', input.productId, 'product', 'productId');
        const alt = input.alt ? { [input.locale ?? context.language]: cleanText(input.alt) } : {};
        const id = await this.gallery.add(productId, sourceOf(input, context), alt);
        return this.changedImage(context, id, productId);
      },
      () => productAsItIs(context, input.productId),
    );
  }

  @Auth(Role.MANAGER, 'CATALOG_WRITE')
  @Mutation(() => ProductImagePayload, {
    description: 'Sets the alternative text of an image.',
  })
  productImageUpdate(
    @Arg('input', () => ProductImageUpdateInput, { description: 'The new text.' })
    input: ProductImageUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return asPayload(
      input,
      async () => {
        const id = requireId('img', input.imageId, 'image', 'imageId');
        return this.changedImage(
          context,
          id,
          await this.gallery.describe(id, input.alt, input.locale ?? context.language),
        );
      },
      () => this.imageAsItIs(context, input.imageId),
    );
  }

  @Auth(Role.MANAGER, 'CATALOG_WRITE')
  @Mutation(() => ProductImagePayload, {
    description: 'Has the sizes of a FAILED image made once more; any other image stays as it is.',
  })
  productImageRetry(
    @Arg('input', () => ProductImageRetryInput, { description: 'Which image.' })
    input: ProductImageRetryInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return asPayload(
      input,
      async () => {
        const id = requireId('img', input.imageId, 'image', 'imageId');
        const { productId, mediaId } = await this.gallery.placeOf(id);
        if (mediaId) await this.making.retry(mediaId);
        return this.changedImage(context, id, productId);
      },
      () => this.imageAsItIs(context, input.imageId),
    );
  }

  @Auth(Role.MANAGER, 'CATALOG_WRITE')
  @Mutation(() => ProductImageDeletePayload, {
    description: 'Takes an image out of the gallery. Its file stays in the media library.',
  })
  productImageDelete(
    @Arg('input', () => ProductImageDeleteInput, { description: 'Which image.' })
    input: ProductImageDeleteInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return asPayload(
      input,
      async () => ({
        ...(await changedProduct(
          context,
          await this.gallery.delete(requireId('img', input.imageId, 'image', 'imageId')),
        )),
        deletedImageId: input.imageId,
      }),
      () => this.imageAsItIs(context, input.imageId),
    );
  }

  @Auth(Role.MANAGER, 'CATALOG_WRITE')
  @Mutation(() => ProductPayload, {
    description: 'Orders the gallery anew.',
  })
  productImagesReorder(
    @Arg('input', () => ProductImagesReorderInput, { description: 'The new order.' })
    input: ProductImagesReorderInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return asPayload(
      input,
      async () => {
        const productId = requireId('prod', input.productId, 'product', 'productId');
        await this.gallery.reorder(
          productId,
          input.imageIds.map((id, index) => requireId('img', id, 'image', 'imageIds', String(index))),
        );
        return changedProduct(context, productId);
      },
      () => productAsItIs(context, input.productId),
    );
  }

  private async imageAsItIs(
    context: RequestContext,
    givenId: string,
  ): Promise<{ product?: object | null; image?: object | null }> {
    const id = requireId('img', givenId, 'image', 'imageId');
    return this.changedImage(context, id, (await this.gallery.placeOf(id)).productId);
  }

  private async changedImage(
    context: RequestContext,
    id: string,
    productId: string,
  ): Promise<{ product: object | null; image: object | null }> {
    const { product } = await changedProduct(context, productId);
    const images = await catalogLoaders(context).imagesByProduct.load(productId);
    return { product, image: images.find((image) => image.id === id) ?? null };
  }
}

/** @throws InvalidInputError unless exactly one is given */
function sourceOf({ uploadId, mediaId }: ProductImageAddInput, { viewer }: RequestContext): ImageSource {
  if (Boolean(uploadId) === Boolean(mediaId))
    throw new InvalidInputError('Either an upload or an image of the library.', ['uploadId']);
  if (mediaId) return { mediaId: requireId('med', mediaId, 'file', 'mediaId') };
  const id = requireId('upl', uploadId ?? '', 'upload', 'uploadId');
  return { upload: { id, userId: viewer!.userId } };
}
