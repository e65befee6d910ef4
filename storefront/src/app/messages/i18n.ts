import { pluralForm } from '@vitrine/client/languages';
import { inject, type InjectionKey } from 'vue';
import { baseOf, type Language } from './language';

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

type Loaders = Record<string, () => Promise<Messages>>;

const everywhere = import.meta.glob<Messages>('../../../../locales/*/storefront.json', { import: 'default' });

/** The messages of checkout, orders and account, which are twice as large as the rest and not needed on a product page. */
const ofOrders = import.meta.glob<Messages>('../../../../locales/*/storefront-orders.json', {
  import: 'default',
});

async function load(loaders: Loaders, language: Language, file: string): Promise<Messages> {
  const loader = loaders[`../../../../locales/${language}/${file}.json`];
  if (!loader) throw new Error(`No messages in ${language}`);
  return loader();
}

export interface LoadedI18n {
  words: Words;
  /** Adds the messages that routes with `meta.words` need. Does nothing when they are loaded. */
  learnOrders: () => Promise<void>;
  /** Takes words that staff of the shop wrote in place of these. */
  learnShopWords: (words: Messages) => void;
}

/** Loads the messages of one language only: its own, or those that are read in its place. */
export async function loadI18n(language: Language): Promise<LoadedI18n> {
  const base = baseOf(language);
  const known: Messages[] = [await load(everywhere, base, 'storefront')];
  let learning: Promise<void> | undefined;
  return {
    words: createI18n(language, known),
    // The first that has a key says it.
    learnShopWords: (words) => void known.unshift(words),
    learnOrders: () =>
      (learning ??= load(ofOrders, base, 'storefront-orders').then(
        (more) => void known.push(more),
        (failure: unknown) => {
          // The next page that needs them tries again.
          learning = undefined;
          throw failure;
        },
      )),
  };
}

/**
 * Written without a library, because of the page's script budget. Reads what it needs of vue-i18n's format: `{name}`, plural
 * forms apart by ` | `, and `{'@'}` for a character that vue-i18n would read as a sign of its own.
 */
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
    const form = forms[amount === undefined ? 0 : pluralForm(amount, forms.length, language)] ?? '';
    return form.replace(/\{(?:'([^']*)'|(\w+))\}/g, (_all, literal: string | undefined, name: string) =>
      String(literal ?? values[name as keyof typeof values] ?? ''),
    );
  }

  return { t, te: (key) => find(key) !== undefined };
}

export function useI18n(): Words {
  const words = inject(i18nKey);
  if (!words) throw new Error('useI18n needs an app made by makeApp');
  return words;
}
