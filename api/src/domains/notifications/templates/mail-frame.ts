import type { Language } from '../../../kernel/languages.js';
import type { MailFrame } from '../../../platform/mails/define-mail.js';
import { regionalGroup, shopGroup, type SettingsService } from '../../store/index.js';

/** What stands around a mail that is sent now. */
export async function mailFrame(
  settings: Pick<SettingsService, 'get'>,
  language: Language,
): Promise<MailFrame> {
  const { name: shopName } = await settings.get(shopGroup);
  const { timeZone } = await settings.get(regionalGroup);
  return { language, shopName, timeZone };
}
