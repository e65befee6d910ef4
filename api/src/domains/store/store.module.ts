import { KEPT } from '../../platform/jobs/old-rows.js';
import { defineModule, type Platform } from '../../platform/module.js';
import { definePermissions, Role } from '../../platform/graphql/roles.js';
import type { FirstSettings } from './first-settings.js';
import { beginWithoutNames } from './beginning/first-words.js';
import { seedDemoContact } from './demo-contact.js';
import { IntegrationEntity, IntegrationSecretEntity } from './integrations/integration.entity.js';
import { IntegrationResolver } from './integrations/integration.resolver.js';
import { IntegrationService } from './integrations/integration.service.js';
import { deleteExpired } from './integrations/integration.statements.js';
import { IntegrationStore, type IntegrationStoreDeps } from './integrations/integration-store.js';
import { IntegrationTests } from './integrations/integration-tests.js';
import { KeyRing, type KeySource } from './integrations/key-ring.js';
import { SealedValues } from './integrations/sealed-values.js';
import { rotateSecrets } from './integrations/secret-rotation.js';
import { SettingsResolver } from './settings.resolver.js';
import { languagesGroup } from './languages/languages-group.js';
import { MessageOverrideEntity } from './languages/message-override.entity.js';
import { MessageOverrides } from './languages/message-override.service.js';
import { ShopLanguageResolver } from './languages/shop-language.resolver.js';
import { ShopLanguages, tellPublished } from './languages/shop-language.service.js';
import { ShopWords } from './languages/shop-words.js';
import { TranslationResolver } from './languages/translation.resolver.js';
import { textsOfSettings } from './languages/texts-of-settings.js';
import { refuseIncomplete, Translations } from './languages/translations.service.js';
import { storeSettingsGroups } from './settings-groups.js';
import { holidayGroup } from './holiday/holiday-group.js';
import { HolidayResolver } from './holiday/holiday.resolver.js';
import { taxGroup } from './tax/tax-group.js';
import { TaxSettingsResolver } from './tax/tax.resolver.js';
import { ShopSettingEntity } from './shop-setting.entity.js';
import { SettingsService } from './settings.service.js';
import { storeErrors } from './store.errors.js';
import { storeEvents } from './store.events.js';

const permissions = definePermissions({
  SETTINGS_WRITE: { description: 'Read and change the settings of the shop.', role: Role.ADMIN },
  INTEGRATION_WRITE: {
    description:
      'Change and try out the values of integrations, such as the keys of a payment provider. Nobody reads them.',
    role: Role.ADMIN,
  },
});

declare global {
  interface VitrinePermissions extends Record<keyof typeof permissions, true> {}
}

export interface StoreSettings extends FirstSettings, Pick<IntegrationStoreDeps, 'variable' | 'situation'> {
  /** Where the keys are kept that encrypt the values of integrations. */
  readonly secretKeys: KeySource;
}

/** Settings of the shop as a whole, which every other module may read. */
export const storeModule = defineModule({
  name: 'store',
  dependsOn: [],
  tables: {
    shop_setting: KEPT.catalogue,
    message_override: KEPT.catalogue,
    integration: KEPT.catalogue,
    integration_secret:
      'Encrypted; staff removes it. Deleted each night: a value that was replaced and held for a while longer.',
  },
  permissions,
  errors: storeErrors,
  events: storeEvents,
  settingsGroups: [...storeSettingsGroups, holidayGroup, taxGroup],
  entities: [ShopSettingEntity, MessageOverrideEntity, IntegrationEntity, IntegrationSecretEntity],
  resolvers: [
    SettingsResolver,
    HolidayResolver,
    TaxSettingsResolver,
    IntegrationResolver,
    ShopLanguageResolver,
    TranslationResolver,
  ],
  setup(platform, _services, { secretKeys: source, variable, situation, ...first }: StoreSettings) {
    const settings = new SettingsService({ ...platform, ...first });
    const languages = languagesOf(platform, settings);
    const keys = new KeyRing(source);
    const sealedValues = new SealedValues(keys, platform.logger);
    const integrations = new IntegrationStore({ ...platform, variable, situation, keys });
    const deps = { ...platform, variable, situation, keys, store: integrations };
    return {
      services: {
        settings,
        words: languages.words,
        integrations,
        sealedValues,
        rotateSecrets: (options: { readonly makesKey: boolean }) =>
          rotateSecrets({ database: platform.database, keys, source, sealedValues }, options),
      },
      resolvers: [
        new SettingsResolver(settings),
        ...languages.resolvers,
        new HolidayResolver(settings),
        new TaxSettingsResolver(settings),
        new IntegrationResolver(new IntegrationService(deps), new IntegrationTests(deps)),
      ],
      texts: textsOfSettings(settings),
      oldRows: [{ statement: deleteExpired, days: 0 }],
      seed: { own: () => beginWithoutNames(settings), demo: () => seedDemoContact(settings) },
      start: async () => {
        await settings.storeFirst();
        keys.prepare(platform.logger);
        await integrations.all();
      },
      refresh: () => languages.words.refresh(),
      isDegraded: () => integrations.isUnreadable,
    };
  },
});

/** The languages of the shop, its words in them, and what is written in each. */
function languagesOf(platform: Platform, settings: SettingsService) {
  const { outbox, texts } = platform;
  settings.guard(languagesGroup, { check: refuseIncomplete(texts), write: tellPublished(outbox) });
  const languages = new ShopLanguages(settings);
  const words = new ShopWords({ ...platform, settings });
  const overrides = new MessageOverrides({ ...platform, settings, words });
  const translations = new Translations({ ...platform, settings, words, overrides });
  return {
    words,
    resolvers: [
      new ShopLanguageResolver({ settings, languages, translations, words }),
      new TranslationResolver(translations, overrides),
    ],
  };
}
