import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { localId } from '../../kernel/ids.js';
import { requireId } from '../../kernel/require-id.js';
import type { Statement } from '../../platform/database/database.js';
import { Auth } from '../../platform/graphql/auth-directive.js';
import { actorOf, type RequestContext } from '../../platform/graphql/context.js';
import { asPayload } from '../../platform/graphql/payload.js';
import { Role } from '../../platform/graphql/roles.js';
import { catalogLoaders, ProductVariantPayload, variantAsItIs } from '../catalog/index.js';
import { readAddress } from '../identity/index.js';
import type { StockKeepingService } from './stock-keeping.service.js';
import type { StockLocationService } from './locations/stock-location.service.js';
import { StockLocationPayload } from './locations/stock-location.type.js';
import { StockLocationCreateInput, StockLocationUpdateInput } from './locations/stock-location.input.js';
import { StockReceiveInput, StockSetInput, StockTransferInput } from './stock.input.js';
import { itemById, locationById } from './stock-rows.js';
import { StockItemPayload } from './stock.type.js';
import { UserErrors } from '../../platform/graphql/errors/user-errors-of.js';

@Resolver()
export class StockAdminResolver {
  constructor(
    private readonly keeping: StockKeepingService,
    private readonly locations: StockLocationService,
  ) {}

  @Auth(Role.MANAGER, 'STOCK_WRITE')
  @UserErrors('STALE_QUANTITY')
  @Mutation(() => ProductVariantPayload, {
    description: 'Sets what is on hand of a variant at a location, if it still is what the caller saw.',
  })
  stockSet(
    @Arg('input', () => StockSetInput, { description: 'Variant, location, quantity and reason.' })
    input: StockSetInput,
    @Ctx() context: RequestContext,
  ): Promise<ProductVariantPayload> {
    return asPayload(
      input,
      async () => {
        const variantId = requireId('vari', input.variantId, 'variant', 'variantId');
        const { quantity, changeFromQuantity, reason, idempotencyKey } = input;
        const locationId = input.locationId
          ? requireId('loc', input.locationId, 'location', 'locationId')
          : null;
        const request = { variantId, locationId, quantity, changeFromQuantity, reason, idempotencyKey };
        await this.keeping.set({ ...request, actorId: actorOf(context) });
        const { variantById, productById } = catalogLoaders(context);
        const variant = await variantById.load(variantId);
        return { variant, product: variant && (await productById.load(variant.productId)) };
      },
      () => variantAsItIs(context, input.variantId),
    );
  }

  @Auth(Role.MANAGER, 'STOCK_WRITE')
  @Mutation(() => StockItemPayload, {
    description: 'Receives a delivery. Back-orders of the variant are filled from it first, oldest first.',
  })
  stockReceive(
    @Arg('input', () => StockReceiveInput, { description: 'Variant, location, quantity and reason.' })
    input: StockReceiveInput,
    @Ctx() context: RequestContext,
  ): Promise<StockItemPayload> {
    return asPayload(
      input,
      async () => {
        const variantId = requireId('vari', input.variantId, 'variant', 'variantId');
        const locationId = requireId('loc', input.locationId, 'location', 'locationId');
        const { quantity, reason, idempotencyKey } = input;
        await this.keeping.receive({
          variantId,
          locationId,
          quantity,
          reason,
          idempotencyKey,
          actorId: actorOf(context),
        });
        return { item: await context.database.row(itemById, { id: variantId }) };
      },
      async () => ({ item: await byId(context, itemById, localId('vari', input.variantId)) }),
    );
  }

  @Auth(Role.MANAGER, 'STOCK_WRITE')
  @UserErrors('INSUFFICIENT_STOCK')
  @Mutation(() => StockItemPayload, {
    description: 'Moves free units from one location to another; what is held stays.',
  })
  stockTransfer(
    @Arg('input', () => StockTransferInput, { description: 'Variant, both locations, quantity and reason.' })
    input: StockTransferInput,
    @Ctx() context: RequestContext,
  ): Promise<StockItemPayload> {
    return asPayload(
      input,
      async () => {
        const variantId = requireId('vari', input.variantId, 'variant', 'variantId');
        const fromLocationId = requireId('loc', input.fromLocationId, 'location', 'fromLocationId');
        const toLocationId = requireId('loc', input.toLocationId, 'location', 'toLocationId');
        const { quantity, reason, idempotencyKey } = input;
        const request = { variantId, fromLocationId, toLocationId, quantity, reason, idempotencyKey };
        await this.keeping.transfer({ ...request, actorId: actorOf(context) });
        return { item: await context.database.row(itemById, { id: variantId }) };
      },
      async () => ({ item: await byId(context, itemById, localId('vari', input.variantId)) }),
    );
  }

  @Auth(Role.MANAGER, 'STOCK_WRITE')
  @Mutation(() => StockLocationPayload, { description: 'Adds a location for stock; it is active at once.' })
  stockLocationCreate(
    @Arg('input', () => StockLocationCreateInput, { description: 'The location.' })
    input: StockLocationCreateInput,
    @Ctx() context: RequestContext,
  ): Promise<StockLocationPayload> {
    return asPayload(input, async () => {
      const id = await this.locations.create({
        code: input.code,
        name: input.name.trim(),
        kind: input.kind,
        priority: input.priority,
        address: input.address ? readAddress(input.address, ['address']) : null,
      });
      return { location: await context.database.row(locationById, { id }) };
    });
  }

  @Auth(Role.MANAGER, 'STOCK_WRITE')
  @UserErrors('LAST_LOCATION')
  @Mutation(() => StockLocationPayload, {
    description: 'Changes a location; an inactive one sells nothing.',
  })
  stockLocationUpdate(
    @Arg('input', () => StockLocationUpdateInput, { description: 'The location and what changes.' })
    input: StockLocationUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<StockLocationPayload> {
    return asPayload(
      input,
      async () => {
        const id = requireId('loc', input.locationId, 'location', 'locationId');
        const { name, kind, priority, active, address } = input;
        const changes = {
          ...(name != null && { name: name.trim() }),
          ...(kind != null && { kind }),
          ...(priority != null && { priority }),
          ...(active != null && { active }),
          ...(address !== undefined && { address: address && readAddress(address, ['address']) }),
        };
        await this.locations.update(id, changes, input.expectedVersion ?? null);
        return { location: await context.database.row(locationById, { id }) };
      },
      async () => ({ location: await byId(context, locationById, localId('loc', input.locationId)) }),
    );
  }
}

/** The row with this public id as it is now; null for an unknown id. */
export async function byId(
  { database }: RequestContext,
  read: Statement<{ readonly id: string }, object>,
  id: string | null,
): Promise<object | null> {
  return id ? database.row(read, { id }) : null;
}
