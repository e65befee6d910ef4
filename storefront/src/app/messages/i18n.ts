import { inject, type InjectionKey } from 'vue';
import type { Language } from './language';

/** Messages of one language by key, in groups. */
export interface Messages {
  [name: string]: string | Messages;
}

type Named = Record<string, string | number>;

export interface Words {
  /**
   * The message of a key. A number chooses among the plural forms "one | many" and replaces `{n}`; named values
   * replace their placeholders. An unknown key is returned unchanged, so that it is noticed.
   */
  t: (key: string, named?: Named | number, count?: number) => string;
  /** True when the key has a message. */
  te: (key: string) => boolean;
}

export const i18nKey: InjectionKey<Words> = Symbol('words');

type Loaders = Record<Language, () => Promise<{ default: Messages }>>;

const everywhere: Loaders = {
  ro: () => import('../../locales/ro.json'),
  en: () => import('../../locales/en.json'),
  fr: () => import('../../locales/fr.json'),
};

/** The messages of checkout, orders and account, which are twice as large as the rest and not needed on a product page. */
const ofOrders: Loaders = {
  ro: () => import('../../locales/orders/ro.json'),
  en: () => import('../../locales/orders/en.json'),
  fr: () => import('../../locales/orders/fr.json'),
};

export interface LoadedI18n {
  words: Words;
  /** Adds the messages that routes with `meta.words` need. Does nothing when they are loaded. */
  learnOrders: () => Promise<void>;
}

/** Loads the messages of one language only. */
export async function loadI18n(language: Language): Promise<LoadedI18n> {
  const known: Messages[] = [(await everywhere[language]()).default];
  let learning: Promise<void> | undefined;
  return {
    words: createI18n(language, known),
    learnOrders: () =>
      (learning ??= ofOrders[language]().then(
        (more) => void known.push(more.default),
        (failure: unknown) => {
          // The next page that needs them tries again.
          learning = undefined;
          throw failure;
        },
      )),
  };
}

/** Written without a library, because of the page's script budget. */
export function createI18n(language: Language, known: Messages[]): Words {
  function find(key: string): string | undefined {
    for (const messages of known) {
      let place: string | Messages | undefined = messages;
      for (const part of key.split('.')) place = typeof place === 'object' ? place[part] : undefined;
      if (typeof place === 'string') return place;
    }
    return undefined;
  }

  function t(key: string, named: Named | number = {}, count?: number): string {
    const amount = typeof named === 'number' ? named : count;
    const values = {
      ...(amount === undefined ? {} : { n: amount }),
      ...(typeof named === 'number' ? {} : named),
    };
    const forms = (find(key) ?? key).split(' | ');
    const form =
      forms[amount === undefined ? 0 : Math.min(pluralForm(amount, language), forms.length - 1)] ?? '';
    return form.replace(/\{(\w+)\}/g, (_all, name: string) =>
      String(values[name as keyof typeof values] ?? ''),
    );
  }

  return { t, te: (key) => find(key) !== undefined };
}

/**
 * The index of the plural form of a number. French says "0 pièce", English "0 pieces"; Romanian has three forms: "1 piesă, 2 piese,
 * 20 de piese", where zero and 101 to 119 go with the middle one.
 */
export function pluralForm(count: number, language: Language): number {
  if (language === 'fr') return count < 2 ? 0 : 1;
  if (count === 1) return 0;
  if (language === 'en') return 1;
  const lastTwo = count % 100;
  return count === 0 || (lastTwo > 0 && lastTwo < 20) ? 1 : 2;
}

export function useI18n(): Words {
  const words = inject(i18nKey);
  if (!words) throw new Error('useI18n needs an app made by makeApp');
  return words;
}
