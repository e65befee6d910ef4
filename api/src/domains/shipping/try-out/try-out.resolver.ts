import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { requireId } from '../../../kernel/require-id.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { Role } from '../../../platform/graphql/roles.js';
import { regionalGroup, type SettingsService } from '../../store/index.js';
import type { DeliveryViews } from '../delivery-views.js';
import { coverage } from './coverage.js';
import { readPlace, type DeliveryTryOut } from './try-out.js';
import { DeliveryCoverage, ShippingTryOut, ShippingTryOutInput } from './try-out.type.js';

/** Staff see what buyers would be offered. */
@Resolver()
export class DeliveryTryOutResolver {
  constructor(
    private readonly tryOuts: DeliveryTryOut,
    private readonly views: DeliveryViews,
    private readonly settings: Pick<SettingsService, 'get'>,
  ) {}

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @Query(() => ShippingTryOut, {
    description:
      'What every way of delivery would cost for these goods to this place, or why it is not offered.',
  })
  async shippingTryOut(
    @Arg('input', () => ShippingTryOutInput, { description: 'What, and where to.' })
    input: ShippingTryOutInput,
  ): Promise<object> {
    const { currency } = await this.settings.get(regionalGroup);
    const lines = input.lines?.map(({ variantId, quantity }, at) => ({
      variantId: requireId('vari', variantId, 'variant', 'lines', String(at), 'variantId'),
      quantity,
    }));
    const goods = { lines, grams: input.grams ?? undefined, subtotal: input.subtotal ?? undefined };
    return this.tryOuts.tryOut(goods, readPlace(input.place), currency);
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @ListSize(70)
  @Query(() => [DeliveryCoverage], {
    description:
      'Where buyers can have goods sent, and by what: each county of the home country, if its addresses name one, and each other country that a zone names.',
  })
  async deliveryCoverage(@Ctx() { language }: RequestContext): Promise<readonly object[]> {
    const { homeCountry } = await this.settings.get(regionalGroup);
    return coverage(await this.views.all(), homeCountry, language);
  }
}
