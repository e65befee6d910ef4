import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { localId } from '../../../kernel/ids.js';
import { requireId } from '../../../kernel/require-id.js';
import { keyedRequest } from '../../../platform/database/request-keys.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import { catalogLoaders } from '../catalog.loaders.js';
import {
  ProductPayload,
  ProductVariantDeletePayload,
  ProductVariantPayload,
} from '../catalog-payload.type.js';
import { ProductConnection } from '../listing/product-connection.type.js';
import { ProductArchiveInput, ProductCreateInput, ProductUpdateInput } from './product.input.js';
import {
  ProductVariantCreateInput,
  ProductVariantDeleteInput,
  ProductVariantUpdateInput,
} from '../variants/variant.input.js';
import type { SlugChecks } from '../addresses/slug-checks.js';
import type { ProductService } from './product.service.js';
import { Product } from './product.type.js';
import type { StaffProductList } from './staff-product-list.js';
import type { VariantService } from '../variants/variant.service.js';
import { StaffProductsArguments } from './product-admin.arguments.js';
import { changedProduct, productAsItIs, variantAsItIs } from './changed-product.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';
import { variantErrors } from '../catalog.errors.js';

interface ProductServices {
  readonly list: StaffProductList;
  readonly products: ProductService;
  readonly variants: VariantService;
  readonly slugs: SlugChecks;
}

@Resolver()
export class ProductAdminResolver {
  private readonly list: StaffProductList;
  private readonly products: ProductService;
  private readonly variants: VariantService;
  private readonly slugs: SlugChecks;

  constructor(services: ProductServices) {
    ({ list: this.list, products: this.products, variants: this.variants, slugs: this.slugs } = services);
  }

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @Query(() => ProductConnection, { description: 'Products of every status.' })
  staffProducts(@Args(() => StaffProductsArguments) args: StaffProductsArguments): Promise<object> {
    return this.list.products(args);
  }

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @Query(() => Product, { nullable: true, description: 'A product of any status.' })
  async staffProduct(
    @Arg('id', () => ID, { description: 'The product.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<object | null> {
    const uuid = localId('prod', id);
    return uuid ? catalogLoaders(context).productById.load(uuid) : null;
  }

  @Auth(Role.MANAGER, 'CATALOG_WRITE')
  @UserErrors('SLUG_TAKEN', ...variantErrors)
  @Mutation(() => ProductPayload, {
    description: 'Makes a product with its variants.',
  })
  productCreate(
    @Arg('input', () => ProductCreateInput, { description: 'The product.' }) input: ProductCreateInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return asPayload(input, async () => {
      const id = await this.products.create(input, context.viewer!.userId);
      return {
        ...(await changedProduct(context, id)),
        ...(await this.slugs.warnings('PRODUCT', input.slug)),
      };
    });
  }

  @Auth(Role.MANAGER, 'CATALOG_WRITE')
  @UserErrors('SLUG_TAKEN', 'UNIT_MISMATCH')
  @Mutation(() => ProductPayload, {
    description: 'Changes a product.',
  })
  productUpdate(
    @Arg('input', () => ProductUpdateInput, { description: 'The change.' }) input: ProductUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return asPayload(
      input,
      async () => {
        const id = requireId('prod', input.productId, 'product', 'productId');
        await this.products.update(id, input);
        return {
          ...(await changedProduct(context, id)),
          ...(await this.slugs.warnings('PRODUCT', input.slug)),
        };
      },
      () => productAsItIs(context, input.productId),
    );
  }

  @Auth(Role.MANAGER, 'CATALOG_WRITE')
  @Mutation(() => ProductPayload, {
    description: 'Takes a product from sale; its orders keep it.',
  })
  productArchive(
    @Arg('input', () => ProductArchiveInput, { description: 'Which product.' }) input: ProductArchiveInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return asPayload(
      input,
      async () => {
        const id = requireId('prod', input.productId, 'product', 'productId');
        await this.products.archive(id, input.expectedVersion);
        return changedProduct(context, id);
      },
      () => productAsItIs(context, input.productId),
    );
  }

  @Auth(Role.MANAGER, 'CATALOG_WRITE')
  @UserErrors(...variantErrors)
  @Mutation(() => ProductVariantPayload, {
    description: 'Adds a variant.',
  })
  productVariantCreate(
    @Arg('input', () => ProductVariantCreateInput, { description: 'The variant.' })
    input: ProductVariantCreateInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return asPayload(
      input,
      async () => {
        const productId = requireId('prod', input.productId, 'product', 'productId');
        const id = await this.variants.create(
          productId,
          input.variant,
          keyedRequest({ actorId: context.viewer!.userId, operation: 'productVariantCreate' }, input),
        );
        return this.changedVariant(context, id, productId);
      },
      () => productAsItIs(context, input.productId),
    );
  }

  @Auth(Role.MANAGER, 'CATALOG_WRITE')
  @UserErrors(...variantErrors)
  @Mutation(() => ProductVariantPayload, {
    description: 'Changes a variant.',
  })
  productVariantUpdate(
    @Arg('input', () => ProductVariantUpdateInput, { description: 'The change.' })
    input: ProductVariantUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return asPayload(
      input,
      async () => {
        const id = requireId('vari', input.variantId, 'variant', 'variantId');
        return this.changedVariant(context, id, await this.variants.update(id, input));
      },
      () => variantAsItIs(context, input.variantId),
    );
  }

  @Auth(Role.MANAGER, 'CATALOG_WRITE')
  @UserErrors('LAST_VARIANT')
  @Mutation(() => ProductVariantDeletePayload, {
    description: 'Takes a variant from sale; orders keep it.',
  })
  productVariantDelete(
    @Arg('input', () => ProductVariantDeleteInput, { description: 'Which variant.' })
    input: ProductVariantDeleteInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return asPayload(
      input,
      async () => ({
        ...(await changedProduct(
          context,
          await this.variants.delete(requireId('vari', input.variantId, 'variant', 'variantId')),
        )),
        deletedVariantId: input.variantId,
      }),
      () => variantAsItIs(context, input.variantId),
    );
  }

  private async changedVariant(context: RequestContext, id: string, productId: string): Promise<object> {
    const { product } = await changedProduct(context, productId);
    return { product, variant: await catalogLoaders(context).variantById.load(id) };
  }
}
