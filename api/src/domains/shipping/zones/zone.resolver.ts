import { Arg, Ctx, Field, ID, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { localId } from '../../../kernel/ids.js';
import { requireId } from '../../../kernel/require-id.js';
import { keyedRequest } from '../../../platform/database/request-keys.js';
import { assertPermission, Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { asPayload, Payload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import type { DeliveryViews } from '../delivery-views.js';
import { ShippingZone } from '../shipping.type.js';
import type { EnteredArea } from './area-input.js';
import {
  ShippingZoneCreateInput,
  ShippingZoneDeleteInput,
  ShippingZoneUpdateInput,
  type ShippingAreaInput,
} from './zone.input.js';
import type { ZoneService } from './zone.service.js';

@ObjectType({ description: 'The zone of delivery as it is now.', simpleResolvers: true })
export class ShippingZonePayload extends Payload {
  @Field(() => ShippingZone, {
    nullable: true,
    description: 'The zone as it is now, also when refused; null when there is none.',
  })
  zone!: object | null;
}

@ObjectType({ description: 'The zone of delivery that was deleted.', simpleResolvers: true })
export class ShippingZoneDeletePayload extends ShippingZonePayload {
  @Field(() => ID, { nullable: true, description: 'Its id; null when it was not deleted.' })
  deletedZoneId?: string | null;
}

/** Staff say where the shop delivers. */
@Resolver()
export class ShippingZoneResolver {
  constructor(
    private readonly zones: ZoneService,
    private readonly views: DeliveryViews,
  ) {}

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @ListSize(10)
  @Query(() => [ShippingZone], { description: 'The zones of delivery. At most 100.' })
  async shippingZones(): Promise<readonly object[]> {
    return this.views.zones();
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @UserErrors('AREA_TAKEN', 'ZONE_NAME_TAKEN', 'TOO_MANY_ZONES')
  @Mutation(() => ShippingZonePayload, { description: 'Makes a zone of delivery.' })
  shippingZoneCreate(
    @Arg('input', () => ShippingZoneCreateInput, { description: 'The zone.' }) input: ShippingZoneCreateInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<object> {
    return asPayload(input, async () => {
      const { userId: actorId } = assertPermission(viewer, 'SETTINGS_WRITE');
      const keyed = keyedRequest({ actorId, operation: 'shippingZoneCreate' }, input);
      const entered = { name: input.name.trim(), areas: input.areas.map(enteredArea) };
      const id = await this.zones.create(entered, { actorId, keyed });
      return { zone: await this.views.zone(id) };
    });
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @UserErrors('AREA_TAKEN', 'ZONE_NAME_TAKEN')
  @Mutation(() => ShippingZonePayload, {
    description: 'Changes a zone of delivery. Carts are priced by it at once; orders keep what they cost.',
  })
  shippingZoneUpdate(
    @Arg('input', () => ShippingZoneUpdateInput, { description: 'The change.' })
    input: ShippingZoneUpdateInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<object> {
    return asPayload(
      input,
      async () => {
        const { userId: actorId } = assertPermission(viewer, 'SETTINGS_WRITE');
        const { name, areas, expectedVersion } = input;
        const entered = { name: name?.trim(), areas: areas?.map(enteredArea) };
        await this.zones.update(idOf(input), entered, { actorId, expectedVersion });
        return this.asItIs(input.zoneId);
      },
      () => this.asItIs(input.zoneId),
    );
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @UserErrors('METHOD_WITHOUT_RATE')
  @Mutation(() => ShippingZoneDeletePayload, {
    description: 'Deletes a zone of delivery with its rates. What it had belongs to no zone then.',
  })
  shippingZoneDelete(
    @Arg('input', () => ShippingZoneDeleteInput, { description: 'The zone.' }) input: ShippingZoneDeleteInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<object> {
    return asPayload(
      input,
      async () => {
        const { userId: actorId } = assertPermission(viewer, 'SETTINGS_WRITE');
        await this.zones.delete(idOf(input), { actorId, expectedVersion: input.expectedVersion });
        return { zone: null, deletedZoneId: input.zoneId };
      },
      () => this.asItIs(input.zoneId),
    );
  }

  private async asItIs(zoneId: string): Promise<{ zone: object | null }> {
    const id = localId('szon', zoneId);
    return { zone: id ? await this.views.zone(id) : null };
  }
}

function idOf({ zoneId }: { readonly zoneId: string }): string {
  return requireId('szon', zoneId, 'zone of delivery', 'zoneId');
}

function enteredArea({ countryCode, region, postcodePrefix }: ShippingAreaInput): EnteredArea {
  return { country: countryCode, region, postcodePrefix };
}
