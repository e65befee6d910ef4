import { Arg, Ctx, FieldResolver, Mutation, Resolver } from 'type-graphql';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { Role } from '../../../platform/graphql/roles.js';
import type { SettingsService } from '../settings.service.js';
import { Settings, SettingsPayload } from '../settings.type.js';
import { shownGroup, updateGroup } from '../shown-group.js';
import { holidayGroup } from './holiday-group.js';
import { HolidaySettings, HolidaySettingsUpdateInput } from './holiday.type.js';

@Resolver(() => Settings)
export class HolidayResolver {
  constructor(private readonly settings: SettingsService) {}

  @FieldResolver(() => HolidaySettings, { description: 'When the shop takes no orders.' })
  holiday(): Promise<HolidaySettings> {
    return shownGroup(this.settings, holidayGroup);
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @Mutation(() => SettingsPayload, {
    description:
      'Changes when the shop takes no orders. Orders that are placed, payments that have begun and orders that staff draw up go on.',
  })
  holidaySettingsUpdate(
    @Arg('input', () => HolidaySettingsUpdateInput, { description: 'What changes.' })
    input: HolidaySettingsUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<SettingsPayload> {
    return updateGroup(this.settings, holidayGroup, { input, context });
  }
}
