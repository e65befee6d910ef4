import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { requireId } from '../../../kernel/require-id.js';
import type { Database } from '../../../platform/database/database.js';
import { assertPermission, Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import { ShippingMethodEntity } from '../reference.entity.js';
import type { ShippingRates } from './rated-method.js';
import { allShippingMethods } from './shipping-method.statements.js';
import type { ShippingRateService } from './shipping-rate.service.js';
import {
  ShippingMethod,
  ShippingMethodPayload,
  ShippingMethodRateUpdateInput,
  ShippingRate,
  type RatedRow,
} from './shipping-rate.type.js';

/** Staff choose by which rule the price of a delivery is computed. */
@Resolver()
export class ShippingRateResolver {
  constructor(
    private readonly database: Database,
    private readonly rates: ShippingRates,
    private readonly service: ShippingRateService,
  ) {}

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @ListSize(5)
  @Query(() => [ShippingMethod], {
    description: 'All ways of delivery, in the order in which buyers see them.',
  })
  async shippingMethods(): Promise<RatedRow[]> {
    return (await this.database.rows(allShippingMethods)).map((row) => this.rated(row));
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @ListSize(5)
  @Query(() => [ShippingRate], {
    description:
      'The rules by which the price of a delivery can be computed: those of the shop, then those of plugins.',
  })
  shippingRates(): readonly object[] {
    return this.rates.list();
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @Mutation(() => ShippingMethodPayload, {
    description:
      'Chooses the rule that computes the price of a delivery, with its arguments. Orders keep what they cost.',
  })
  shippingMethodRateUpdate(
    @Arg('input', () => ShippingMethodRateUpdateInput, { description: 'The rule.' })
    input: ShippingMethodRateUpdateInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<ShippingMethodPayload> {
    const methodId = (): string =>
      requireId('smth', input.shippingMethodId, 'shipping method', 'shippingMethodId');
    const asItIs = async (): Promise<{ shippingMethod: object | null }> => {
      const row = await this.database.repository(ShippingMethodEntity).find({ id: methodId() });
      return { shippingMethod: row && this.rated(row) };
    };
    return asPayload(
      input,
      async () => {
        const { userId } = assertPermission(viewer, 'SETTINGS_WRITE');
        const { rate, arguments: given, expectedVersion } = input;
        await this.service.update({
          ...{ methodId: methodId(), rate, expectedVersion, actorId: userId },
          given: given.map(({ name, value = null }) => ({ name, value })),
        });
        return asItIs();
      },
      asItIs,
    );
  }

  private rated(row: ShippingMethodEntity): RatedRow {
    return { ...row, rate: this.rates.find(row.rateCode) ?? null };
  }
}
