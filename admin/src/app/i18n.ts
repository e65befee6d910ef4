import { FIRST_LANGUAGE, isLanguage, LANGUAGES, pluralForm, type Language } from '@vitrine/client/languages';
import { lasting } from '@vitrine/client/storage';
import { createI18n } from 'vue-i18n';
import { messagesOfPlugins } from '../plugins/plugin-messages';

const STORED = 'vitrine-admin-language';

interface Messages {
  [name: string]: string | Messages;
}

/** The messages of each language, fetched when it is chosen. */
const loaders = import.meta.glob<Messages>('../../../locales/*/admin.json', { import: 'default' });

/** The stored choice, else the first of the browser's languages that the admin is translated into, else the first. */
export function preferredLanguage(): Language {
  const chosen = lasting.get(STORED);
  if (isLanguage(chosen)) return chosen;
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? FIRST_LANGUAGE;
}

export const i18n = createI18n({
  legacy: false,
  locale: FIRST_LANGUAGE as string,
  fallbackLocale: false,
  messages: {} as Record<string, Messages>,
  pluralRules: Object.fromEntries(
    LANGUAGES.map((language) => [
      language,
      (count: number, forms: number) => pluralForm(count, forms, language),
    ]),
  ),
});

/** Fetches the messages of a language. Does nothing when they are there. @throws when they could not be fetched */
export async function loadMessages(language: Language): Promise<void> {
  if (i18n.global.availableLocales.includes(language)) return;
  const load = loaders[`../../../locales/${language}/admin.json`];
  if (!load) throw new Error(`No messages in ${language}`);
  const [messages, ofPlugins] = await Promise.all([load(), messagesOfPlugins(language)]);
  i18n.global.setLocaleMessage(language, { ...messages, ...ofPlugins });
}

/** Shows the admin in a language from now on. @throws when its messages could not be fetched; nothing has changed then */
export async function useLanguage(language: Language): Promise<void> {
  await loadMessages(language);
  i18n.global.locale.value = language;
  document.documentElement.lang = language;
  lasting.set(STORED, language);
}

export const currentLanguage = (): Language => {
  const locale = i18n.global.locale.value;
  return isLanguage(locale) ? locale : FIRST_LANGUAGE;
};
