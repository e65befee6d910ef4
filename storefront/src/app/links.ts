import type { LocationQueryRaw, RouteLocationRaw, RouteParamsRaw } from 'vue-router';
import { rootLanguage } from './messages/language';
import { usePageSettings } from './settings';

export type LinkTo = (name: string, params?: RouteParamsRaw, query?: LocationQueryRaw) => RouteLocationRaw;

/** Links in the language of the page. */
export function useLinks(): LinkTo {
  const { language } = usePageSettings();
  const lang = language === rootLanguage() ? undefined : language;
  return (name, params = {}, query = {}) => ({ name, params: { ...params, lang }, query });
}
