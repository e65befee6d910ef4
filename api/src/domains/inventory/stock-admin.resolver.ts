import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { NotFoundError } from '../../kernel/errors.js';
import { localId } from '../../kernel/ids.js';
import { Auth } from '../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { asPayload } from '../../platform/graphql/payload.js';
import { Permission, Role } from '../../platform/graphql/roles.js';
import { catalogLoaders, ProductVariantPayload } from '../catalog/index.js';
import type { StockSetService } from './stock-set.service.js';
import { StockSetInput } from './stock.input.js';

@Resolver()
export class StockAdminResolver {
  constructor(private readonly stock: StockSetService) {}

  @Auth(Role.MANAGER, Permission.STOCK_WRITE)
  @Mutation(() => ProductVariantPayload, {
    description: 'Sets what is on hand of a variant, if it still is what the caller saw.',
  })
  stockSet(
    @Arg('input', () => StockSetInput, { description: 'Variant, quantity and reason.' }) input: StockSetInput,
    @Ctx() context: RequestContext,
  ): Promise<ProductVariantPayload> {
    return asPayload(input, async () => {
      const variantId = localId('vari', input.variantId);
      if (!variantId || !context.viewer) throw new NotFoundError('variant', ['variantId']);
      await this.stock.set({ ...input, variantId, actorId: context.viewer.userId });
      const { variantById, productById } = catalogLoaders(context);
      const variant = await variantById.load(variantId);
      return { variant, product: variant && (await productById.load(variant.productId)) };
    });
  }
}
