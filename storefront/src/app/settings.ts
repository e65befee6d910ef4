import { inject, type InjectionKey } from 'vue';
import type { Language } from './messages/language';

/** The settings of one rendered page. */
export interface PageSettings {
  language: Language;
  /** Public origin of the shop, for canonical and hreflang links: "https://example.com". */
  origin: string;
}

export const pageSettingsKey: InjectionKey<PageSettings> = Symbol('page settings');

export function usePageSettings(): PageSettings {
  const settings = inject(pageSettingsKey);
  if (!settings) throw new Error('usePageSettings needs an app made by makeApp');
  return settings;
}
