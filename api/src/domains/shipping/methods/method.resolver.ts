import { Arg, Ctx, Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
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
import { ShippingMethod } from '../shipping.type.js';
import {
  ShippingMethodArchiveInput,
  ShippingMethodCreateInput,
  ShippingMethodsReorderInput,
  ShippingMethodUpdateInput,
} from './method.input.js';
import type { MethodService } from './method.service.js';

@ObjectType({ description: 'The way of delivery as it is now.', simpleResolvers: true })
export class ShippingMethodPayload extends Payload {
  @Field(() => ShippingMethod, {
    nullable: true,
    description: 'The way of delivery as it is now, also when refused; null when there is none.',
  })
  method!: object | null;
}

@ObjectType({ description: 'The ways of delivery as they are now.', simpleResolvers: true })
export class ShippingMethodsPayload extends Payload {
  @ListSize(10)
  @Field(() => [ShippingMethod], {
    nullable: true,
    description: 'All that are not archived, in the order in which buyers see them.',
  })
  methods!: readonly object[] | null;
}

/** Staff keep the ways of delivery. */
@Resolver()
export class ShippingMethodResolver {
  constructor(
    private readonly methods: MethodService,
    private readonly views: DeliveryViews,
  ) {}

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @ListSize(10)
  @Query(() => [ShippingMethod], {
    description: 'All ways of delivery, in the order in which buyers see them. At most 100.',
  })
  async shippingMethods(
    @Arg('isArchivedToo', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: 'Whether archived ones are among them, at the end.',
    })
    isArchivedToo: boolean | null,
  ): Promise<readonly object[]> {
    const { methods } = await this.views.all();
    return isArchivedToo ? methods : methods.filter(({ archivedAt }) => archivedAt === null);
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @UserErrors('SHIPPING_CODE_TAKEN', 'TOO_MANY_SHIPPING_METHODS')
  @Mutation(() => ShippingMethodPayload, {
    description: 'Makes a way of delivery. It is not offered yet: give it a rate, then switch it on.',
  })
  shippingMethodCreate(
    @Arg('input', () => ShippingMethodCreateInput, { description: 'The way of delivery.' })
    input: ShippingMethodCreateInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<object> {
    return asPayload(input, async () => {
      const { userId: actorId } = assertPermission(viewer, 'SETTINGS_WRITE');
      const keyed = keyedRequest({ actorId, operation: 'shippingMethodCreate' }, input);
      const { idempotencyKey: _key, ...entered } = input;
      const id = await this.methods.create(entered, { actorId, keyed });
      return { method: await this.views.method(id) };
    });
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @UserErrors('METHOD_WITHOUT_RATE', 'SHIPPING_CODE_TAKEN', 'SHIPPING_METHOD_ARCHIVED')
  @Mutation(() => ShippingMethodPayload, {
    description: 'Changes a way of delivery. Orders keep what they were promised.',
  })
  shippingMethodUpdate(
    @Arg('input', () => ShippingMethodUpdateInput, { description: 'The change.' })
    input: ShippingMethodUpdateInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<object> {
    return asPayload(
      input,
      async () => {
        const { userId: actorId } = assertPermission(viewer, 'SETTINGS_WRITE');
        const { methodId: _id, expectedVersion, ...entered } = input;
        await this.methods.update(idOf(input), entered, { actorId, expectedVersion });
        return this.asItIs(input.methodId);
      },
      () => this.asItIs(input.methodId),
    );
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @Mutation(() => ShippingMethodPayload, {
    description:
      'Takes a way of delivery out of the shop, or back again. Carts that have chosen it choose anew; orders keep it.',
  })
  shippingMethodArchive(
    @Arg('input', () => ShippingMethodArchiveInput, { description: 'The way of delivery.' })
    input: ShippingMethodArchiveInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<object> {
    return asPayload(
      input,
      async () => {
        const { userId: actorId } = assertPermission(viewer, 'SETTINGS_WRITE');
        const { expectedVersion, isArchived } = input;
        await this.methods.archive(idOf(input), { actorId, expectedVersion, isArchived: isArchived ?? true });
        return this.asItIs(input.methodId);
      },
      () => this.asItIs(input.methodId),
    );
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @UserErrors('STALE_ORDER')
  @Mutation(() => ShippingMethodsPayload, { description: 'Puts the ways of delivery into another order.' })
  shippingMethodsReorder(
    @Arg('input', () => ShippingMethodsReorderInput, { description: 'The order.' })
    input: ShippingMethodsReorderInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<object> {
    const asTheyAre = async (): Promise<{ methods: object }> => ({
      methods: await this.shippingMethods(false),
    });
    return asPayload(
      input,
      async () => {
        const { userId: actorId } = assertPermission(viewer, 'SETTINGS_WRITE');
        const ids = input.methodIds.map((id) => requireId('smth', id, 'way of delivery', 'methodIds'));
        await this.methods.reorder(ids, actorId);
        return asTheyAre();
      },
      asTheyAre,
    );
  }

  private async asItIs(methodId: string): Promise<{ method: object | null }> {
    const id = localId('smth', methodId);
    return { method: id ? await this.views.method(id) : null };
  }
}

function idOf({ methodId }: { readonly methodId: string }): string {
  return requireId('smth', methodId, 'way of delivery', 'methodId');
}
