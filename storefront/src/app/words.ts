import { inject, type InjectionKey } from 'vue';
import type { Language } from './language';

/** Texts of one language: words by name, in groups. */
export interface Messages {
  [name: string]: string | Messages;
}

type Named = Record<string, string | number>;

export interface Words {
  /**
   * The text behind a key. A number chooses among the forms "one | many" and stands in the text as `{n}`; named
   * values stand for themselves. An unknown key answers with itself, so that it is seen.
   */
  t: (key: string, named?: Named | number, count?: number) => string;
  /** True when there is a text behind the key. */
  te: (key: string) => boolean;
}

export const wordsKey: InjectionKey<Words> = Symbol('words');

const loaders: Record<Language, () => Promise<{ default: Messages }>> = {
  ro: () => import('../locales/ro.json'),
  en: () => import('../locales/en.json'),
  fr: () => import('../locales/fr.json'),
};

/** Loads the words of one language only; the other two never reach the browser. */
export async function loadWords(language: Language): Promise<Words> {
  return makeWords(language, (await loaders[language]()).default);
}

/** Forty lines instead of a library: the page's budget of scripts has no room for one. */
export function makeWords(language: Language, messages: Messages): Words {
  function find(key: string): string | undefined {
    let place: string | Messages | undefined = messages;
    for (const part of key.split('.')) place = typeof place === 'object' ? place[part] : undefined;
    return typeof place === 'string' ? place : undefined;
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
 * Which form a number takes. French says "0 pièce", English "0 pieces"; Romanian has three forms: "1 piesă, 2 piese,
 * 20 de piese", where zero and 101 to 119 go with the middle one.
 */
export function pluralForm(count: number, language: Language): number {
  if (language === 'fr') return count < 2 ? 0 : 1;
  if (count === 1) return 0;
  if (language === 'en') return 1;
  const lastTwo = count % 100;
  return count === 0 || (lastTwo > 0 && lastTwo < 20) ? 1 : 2;
}

export function useWords(): Words {
  const words = inject(wordsKey);
  if (!words) throw new Error('useWords needs an app made by makeApp');
  return words;
}
