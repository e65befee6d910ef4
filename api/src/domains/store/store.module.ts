import { KEPT } from '../../platform/jobs/old-rows.js';
import { defineModule } from '../../platform/module.js';
import { definePermissions, Role } from '../../platform/graphql/roles.js';
import { SettingsResolver } from './settings.resolver.js';
import { storeSettingsGroups } from './settings-groups.js';
import { ShopSettingEntity } from './shop-setting.entity.js';
import { SettingsService } from './settings.service.js';
import { storeErrors } from './store.errors.js';
import { storeEvents } from './store.events.js';

const permissions = definePermissions({
  SETTINGS_WRITE: { description: 'Read and change the settings of the shop.', role: Role.ADMIN },
});

declare global {
  interface VitrinePermissions extends Record<keyof typeof permissions, true> {}
}

/** What the settings are until staff change them. */
export interface FirstSettings {
  /** By the key of the group. */
  readonly first: Readonly<Record<string, object>>;
  /** The keys of the groups of which the environment says something, and not only its defaults. */
  readonly given: ReadonlySet<string>;
}

/** Settings of the shop as a whole, which every other module may read. */
export const storeModule = defineModule({
  name: 'store',
  dependsOn: [],
  tables: {
    shop_setting: KEPT.catalogue,
  },
  permissions,
  errors: storeErrors,
  events: storeEvents,
  settingsGroups: storeSettingsGroups,
  entities: [ShopSettingEntity],
  resolvers: [SettingsResolver],
  setup(platform, _services, { first, given }: FirstSettings) {
    const settings = new SettingsService({ ...platform, first, given });
    return {
      services: { settings },
      resolvers: [new SettingsResolver(settings)],
      start: () => settings.storeFirst(),
    };
  },
});
