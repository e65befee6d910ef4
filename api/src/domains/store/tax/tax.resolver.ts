import { Arg, Ctx, FieldResolver, Mutation, Resolver } from 'type-graphql';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { Role } from '../../../platform/graphql/roles.js';
import type { SettingsService } from '../settings.service.js';
import { Settings, SettingsPayload } from '../settings.type.js';
import { shownGroup, updateGroup } from '../shown-group.js';
import { taxGroup } from './tax-group.js';
import { TaxSettings, TaxSettingsUpdateInput } from './tax.type.js';

@Resolver(() => Settings)
export class TaxSettingsResolver {
  constructor(private readonly settings: SettingsService) {}

  @FieldResolver(() => TaxSettings, { description: 'Whether the seller is registered for tax.' })
  tax(): Promise<TaxSettings> {
    return shownGroup(this.settings, taxGroup);
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @Mutation(() => SettingsPayload, {
    description:
      'Changes whether the seller charges tax. Orders that were placed, their invoices and credit notes keep what they are.',
  })
  taxSettingsUpdate(
    @Arg('input', () => TaxSettingsUpdateInput, { description: 'What changes.' })
    input: TaxSettingsUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<SettingsPayload> {
    return updateGroup(this.settings, taxGroup, { input, context });
  }
}
