import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver } from 'type-graphql';
import { Auth } from '../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { UserErrors } from '../../platform/graphql/errors/user-errors-of.js';
import { Role } from '../../platform/graphql/roles.js';
import {
  ContactSettingsUpdateInput,
  HoldsSettingsUpdateInput,
  LanguagesSettingsUpdateInput,
  RegionalSettingsUpdateInput,
  ReturnsSettingsUpdateInput,
  SellerSettingsUpdateInput,
  ShopSettingsUpdateInput,
} from './settings.input.js';
import {
  ContactSettings,
  HoldsSettings,
  LanguagesSettings,
  RegionalSettings,
  ReturnsSettings,
  SellerSettings,
  Settings,
  SettingsPayload,
  ShopSettings,
} from './settings.type.js';
import {
  contactGroup,
  holdsGroup,
  refuseNobody,
  refuseShortReturns,
  returnsGroup,
  sellerGroup,
  shopGroup,
} from './settings-groups.js';
import { languagesGroup, refuseHiddenDefault } from './languages/languages-group.js';
import { regionalGroup } from './regional-group.js';
import type { SettingsService } from './settings.service.js';
import { shownGroup, updateGroup } from './shown-group.js';

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

  @FieldResolver(() => RegionalSettings, { description: 'Where the shop is.' })
  regional(): Promise<RegionalSettings> {
    return shownGroup(this.settings, regionalGroup);
  }

  @FieldResolver(() => LanguagesSettings, { description: 'In which languages it speaks to buyers.' })
  languages(): Promise<LanguagesSettings> {
    return shownGroup(this.settings, languagesGroup);
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
  @UserErrors('CURRENCY_LOCKED')
  @Mutation(() => SettingsPayload, {
    description:
      'Changes where the shop is: in pages and files at once, in mails and invoices from the next one on.',
  })
  regionalSettingsUpdate(
    @Arg('input', () => RegionalSettingsUpdateInput, { description: 'What changes.' })
    input: RegionalSettingsUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<SettingsPayload> {
    return updateGroup(this.settings, regionalGroup, { input, context });
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @UserErrors('LANGUAGE_NOT_OFFERED', 'DEFAULT_LANGUAGE_INCOMPLETE')
  @Mutation(() => SettingsPayload, {
    description:
      'Changes in which languages the shop speaks to buyers: on pages at once, in mails from the next one on. Texts in a language that is taken back are kept.',
  })
  languagesSettingsUpdate(
    @Arg('input', () => LanguagesSettingsUpdateInput, { description: 'What changes.' })
    input: LanguagesSettingsUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<SettingsPayload> {
    return updateGroup(this.settings, languagesGroup, { input, context, check: refuseHiddenDefault });
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
    return updateGroup(this.settings, sellerGroup, { input, context, check: refuseNobody });
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
