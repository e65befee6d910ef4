import type { Language } from '../../../kernel/languages.js';
import type { MailBrand, MailFrame, MailImage } from '../../../platform/mails/define-mail.js';
import {
  brandColors,
  brandGroup,
  languagesGroup,
  regionalGroup,
  shopGroup,
  type Brand,
  type BrandImage,
  type SettingsService,
} from '../../store/index.js';

export interface MailFrameDeps {
  readonly settings: Pick<SettingsService, 'get'>;
  /** The absolute address of a public file by its key, as mail programs ask for it. */
  readonly publicFile: (key: string) => string;
}

/**
 * What stands around a mail that is sent now. Buyers read a language that is offered no longer in the default one; the
 * owner reads alerts in the language of the account, and staff try a mail in each language before it is offered.
 */
export async function mailFrame(
  { settings, publicFile }: MailFrameDeps,
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
  const brand = mailBrand(await settings.get(brandGroup), publicFile);
  return { language, shopName, timeZone, brand };
}

function mailBrand({ accent, logo, darkLogo }: Brand, publicFile: MailFrameDeps['publicFile']): MailBrand {
  const shown = (image: BrandImage | null): MailImage | null =>
    image && { url: publicFile(image.key), width: image.width, height: image.height };
  return { ...brandColors(accent), logo: shown(logo), darkLogo: shown(darkLogo) };
}
