import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { localId } from '../../../kernel/ids.js';
import { requireId } from '../../../kernel/require-id.js';
import { assertPermission, Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import type { DeliveryViews } from '../delivery-views.js';
import { readConditions } from '../rates/conditions.js';
import type { ShippingRates } from '../rates/rated-method.js';
import { ShippingStrategy } from '../shipping.type.js';
import { ShippingMethodPayload } from './method.resolver.js';
import { ShippingRateRemoveInput, ShippingRateSetInput } from './rate.input.js';
import type { RateService } from './rate.service.js';

/** Staff say what a way of delivery costs in each zone. */
@Resolver()
export class ShippingRateResolver {
  constructor(
    private readonly rates: ShippingRates,
    private readonly service: RateService,
    private readonly views: DeliveryViews,
  ) {}

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @ListSize(8)
  @Query(() => [ShippingStrategy], {
    description:
      'The rules by which the price of a delivery can be computed: those of the shop, then those of plugins.',
  })
  shippingStrategies(): readonly object[] {
    return this.rates.list();
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @UserErrors('ARGS_INVALID', 'SHIPPING_METHOD_ARCHIVED')
  @Mutation(() => ShippingMethodPayload, {
    description:
      'Says what a way of delivery costs in a zone, in place of what it costs there now. Carts have the new price at once; orders keep what they cost.',
  })
  shippingRateSet(
    @Arg('input', () => ShippingRateSetInput, { description: 'The rate.' }) input: ShippingRateSetInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<object> {
    return asPayload(
      input,
      async () => {
        const { userId: actorId } = assertPermission(viewer, 'SETTINGS_WRITE');
        const { strategy, arguments: given, conditions, expectedVersion } = input;
        const entered = { ...idsOf(input), strategy, conditions: readConditions(conditions ?? {}) };
        await this.service.set(
          { ...entered, given: given.map(({ name, value = null }) => ({ name, value })) },
          { actorId, expectedVersion },
        );
        return this.asItIs(input.methodId);
      },
      () => this.asItIs(input.methodId),
    );
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @UserErrors('METHOD_WITHOUT_RATE', 'SHIPPING_METHOD_ARCHIVED')
  @Mutation(() => ShippingMethodPayload, {
    description: 'Takes the rate of a way of delivery out of a zone: it is not offered there any more.',
  })
  shippingRateRemove(
    @Arg('input', () => ShippingRateRemoveInput, { description: 'Which.' }) input: ShippingRateRemoveInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<object> {
    return asPayload(
      input,
      async () => {
        const { userId: actorId } = assertPermission(viewer, 'SETTINGS_WRITE');
        await this.service.remove(idsOf(input), { actorId, expectedVersion: input.expectedVersion });
        return this.asItIs(input.methodId);
      },
      () => this.asItIs(input.methodId),
    );
  }

  private async asItIs(methodId: string): Promise<{ method: object | null }> {
    const id = localId('smth', methodId);
    return { method: id ? await this.views.method(id) : null };
  }
}

function idsOf({ methodId, zoneId }: { readonly methodId: string; readonly zoneId: string }) {
  return {
    methodId: requireId('smth', methodId, 'way of delivery', 'methodId'),
    zoneId: requireId('szon', zoneId, 'zone of delivery', 'zoneId'),
  };
}
