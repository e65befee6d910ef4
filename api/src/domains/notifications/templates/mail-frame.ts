import type { Language } from '../../../kernel/languages.js';
import type { MailFrame } from '../../../platform/mails/define-mail.js';
import { languagesGroup, regionalGroup, shopGroup, type SettingsService } from '../../store/index.js';

/**
 * What stands around a mail that is sent now. Buyers read a language that is offered no longer in the default one; the
 * owner reads alerts in the language of the account, and staff try a mail in each language before it is offered.
 */
export async function mailFrame(
  settings: Pick<SettingsService, 'get'>,
  {
    template,
    language: chosen,
    forStaff = false,
  }: { readonly template: string; readonly language: Language; readonly forStaff?: boolean },
): Promise<MailFrame> {
  const { offered, defaultLanguage } = await settings.get(languagesGroup);
  const isReadable = forStaff || template === 'owner-alert' || offered.includes(chosen);
  const language = isReadable ? chosen : defaultLanguage;
  const { name: shopName } = await settings.get(shopGroup);
  const { timeZone } = await settings.get(regionalGroup);
  return { language, shopName, timeZone };
}
