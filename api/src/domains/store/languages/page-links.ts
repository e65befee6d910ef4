import { storefrontPage, type Language } from '../../../kernel/languages.js';
import type { SettingsService } from '../settings.service.js';
import { languagesGroup } from './languages-group.js';

/** Makes the absolute address of a storefront page in a language, as addresses are at this moment. */
export type PageLinks = (language: Language, path: string) => Promise<string>;

/** @param storefrontUrl without a slash at its end */
export function pageLinks(settings: Pick<SettingsService, 'get'>, storefrontUrl: string): PageLinks {
  return async (language, path) => {
    const { rootLanguage } = await settings.get(languagesGroup);
    return storefrontPage(storefrontUrl, { language, rootLanguage }, path);
  };
}
