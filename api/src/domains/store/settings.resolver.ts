import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver } from 'type-graphql';
import { Auth } from '../../platform/graphql/auth-directive.js';
import { actorOf, type RequestContext } from '../../platform/graphql/context.js';
import { UserErrors } from '../../platform/graphql/errors/user-errors-of.js';
import { asPayload } from '../../platform/graphql/payload.js';
import { Role } from '../../platform/graphql/roles.js';
import type { SettingsGroup } from '../../platform/settings-group.js';
import {
  ContactSettingsUpdateInput,
  HoldsSettingsUpdateInput,
  ReturnsSettingsUpdateInput,
  SellerSettingsUpdateInput,
  ShopSettingsUpdateInput,
  type SettingsUpdateInput,
} from './settings.input.js';
import {
  ContactSettings,
  HoldsSettings,
  ReturnsSettings,
  SellerSettings,
  Settings,
  SettingsPayload,
  ShopSettings,
} from './settings.type.js';
import {
  contactGroup,
  holdsGroup,
  refuseShortReturns,
  returnsGroup,
  sellerGroup,
  shopGroup,
} from './settings-groups.js';
import type { SettingsChange, SettingsService } from './settings.service.js';

/** Changes one group with an input that has its fields, and shows all groups as they are then. */
export function updateGroup<T extends object>(
  settings: SettingsService,
  group: SettingsGroup<T>,
  {
    input,
    context,
    check,
  }: { input: SettingsUpdateInput & Partial<T>; context: RequestContext; check?: SettingsChange<T>['check'] },
): Promise<SettingsPayload> {
  return asPayload(
    input,
    async () => {
      const { expectedVersion = null, ...given } = input;
      const changes = Object.fromEntries(
        Object.entries(given).filter(([, value]) => value !== undefined),
      ) as Partial<T>;
      await settings.update(group, {
        ...{ changes, expectedVersion, actorId: actorOf(context) },
        ...(check && { check }),
      });
      return { settings: {} };
    },
    async () => ({ settings: {} }),
  );
}

/** A group as its type shows it. */
export async function shownGroup<T extends object>(settings: SettingsService, group: SettingsGroup<T>) {
  const { value, version, updatedAt } = await settings.stored(group);
  return { ...value, version, updatedAt };
}

@Resolver(() => Settings)
export class SettingsResolver {
  constructor(private readonly settings: SettingsService) {}

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @Query(() => Settings, { description: 'What staff keep about the shop, in groups.', name: 'settings' })
  all(): object {
    return {};
  }

  @FieldResolver(() => ShopSettings, { description: 'The name.' })
  shop(): Promise<ShopSettings> {
    return shownGroup(this.settings, shopGroup);
  }

  @FieldResolver(() => ContactSettings, { description: 'How buyers reach the shop.' })
  contact(): Promise<ContactSettings> {
    return shownGroup(this.settings, contactGroup);
  }

  @FieldResolver(() => SellerSettings, { description: 'Who sells.' })
  seller(): Promise<SellerSettings> {
    return shownGroup(this.settings, sellerGroup);
  }

  @FieldResolver(() => ReturnsSettings, { description: 'For how long goods come back.' })
  returns(): Promise<ReturnsSettings> {
    return shownGroup(this.settings, returnsGroup);
  }

  @FieldResolver(() => HoldsSettings, { description: 'For how long stock is held.' })
  holds(): Promise<HoldsSettings> {
    return shownGroup(this.settings, holdsGroup);
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @Mutation(() => SettingsPayload, {
    description: 'Changes the name of the shop: in titles, mails and search results from the next one on.',
  })
  shopSettingsUpdate(
    @Arg('input', () => ShopSettingsUpdateInput, { description: 'What changes.' })
    input: ShopSettingsUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<SettingsPayload> {
    return updateGroup(this.settings, shopGroup, { input, context });
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @Mutation(() => SettingsPayload, { description: 'Changes how buyers reach the shop.' })
  contactSettingsUpdate(
    @Arg('input', () => ContactSettingsUpdateInput, { description: 'What changes.' })
    input: ContactSettingsUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<SettingsPayload> {
    return updateGroup(this.settings, contactGroup, { input, context });
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @Mutation(() => SettingsPayload, {
    description:
      'Changes who sells: on invoices from the next one on. Those that were issued stay as they are.',
  })
  sellerSettingsUpdate(
    @Arg('input', () => SellerSettingsUpdateInput, { description: 'What changes.' })
    input: SellerSettingsUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<SettingsPayload> {
    return updateGroup(this.settings, sellerGroup, { input, context });
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @UserErrors('BELOW_LEGAL_MINIMUM')
  @Mutation(() => SettingsPayload, {
    description: 'Changes for how long goods come back, also those that were sold before.',
  })
  returnsSettingsUpdate(
    @Arg('input', () => ReturnsSettingsUpdateInput, { description: 'What changes.' })
    input: ReturnsSettingsUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<SettingsPayload> {
    return updateGroup(this.settings, returnsGroup, { input, context, check: refuseShortReturns });
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @Mutation(() => SettingsPayload, {
    description:
      'Changes for how long stock is held: by carts and orders from the next one on. What is held already keeps its end.',
  })
  holdsSettingsUpdate(
    @Arg('input', () => HoldsSettingsUpdateInput, { description: 'What changes.' })
    input: HoldsSettingsUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<SettingsPayload> {
    return updateGroup(this.settings, holdsGroup, { input, context });
  }
}
