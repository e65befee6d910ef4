import { inEveryLanguage } from '../../../platform/messages.js';
import { localized } from '../../../kernel/languages.js';
import { languagesGroup } from '../languages/languages-group.js';
import { sellerGroup, shopGroup } from '../settings-groups.js';
import type { SettingsService } from '../settings.service.js';

/**
 * What a shop that begins empty has in place of the demonstration's name and seller, as far as the environment says
 * nothing: a name that says that nobody has named it, and no seller.
 */
export async function beginWithoutNames(settings: SettingsService): Promise<void> {
  const { defaultLanguage } = await settings.get(languagesGroup);
  const name = localized(inEveryLanguage('api', 'firstRun.shopName'), defaultLanguage, 'en') ?? 'My shop';
  await settings.beginWith(shopGroup, { name });
  await settings.beginWith(sellerGroup, { name: '', address: [], taxId: '', registrationNumber: null });
}
