import {
  compile,
  createCoreContext,
  registerMessageCompiler,
  registerMessageResolver,
  resolveValue,
  translate,
} from '@intlify/core-base';
import { FIRST_LANGUAGE, languageDataOf, LANGUAGES, wordsOf, type Language } from '../kernel/languages.js';
import { readLocaleFile } from '../kernel/locale-files.js';

registerMessageCompiler(compile);
registerMessageResolver(resolveValue);

/** Files of messages in each language's folder that the API reads: one for each mail, each alert to the owner and each import. */
export type MessageFile =
  | 'api'
  | 'documents'
  | `mails/${string}`
  | `alerts/${string}`
  | `imports/${string}`
  /** The words of the admin: those of error codes stand in files of errors too. */
  | 'admin';

/** The values in a message by the names of its placeholders. `n` is a count and selects the plural form. */
export type MessageValues = Readonly<Record<string, string | number | null>>;

/** The messages of one file in one language, in the format of vue-i18n: `{name}`, and plural forms apart by ` | `. */
export interface Messages {
  /**
   * The message of a key with its values. A message that reads otherwise without one of its values stands a second
   * time as `<key>Without<Value>`, which is taken when that value is null, empty or zero.
   *
   * @throws if there is no message with this key
   */
  text(key: string, values?: MessageValues): string;
  has(key: string): boolean;
}

/** The messages of one file in some languages, in the format of the files of `locales`. */
export type MessagesByLanguage = Readonly<Partial<Record<Language, object>>>;

/** Words of the interface that staff of the shop wrote, for languages that the program has none in or in place of its own. */
export interface ShopWords {
  /** By language, then by `file:key`, such as `mails/layout:greeting`. */
  readonly written: ReadonlyMap<Language, ReadonlyMap<string, string>>;
  /** The default language of the shop: its words are read where the program has none in a language. */
  readonly defaultLanguage: Language;
}

const brought = new Map<MessageFile, MessagesByLanguage>();
const read = new Map<string, Messages>();
const named = new Map<string, Record<Language, string>>();
const inUse = new Map<Language, ReadonlyMap<string, string>>();
let shopWords: ShopWords = { written: new Map(), defaultLanguage: FIRST_LANGUAGE };

/** Takes messages that a module brings itself instead of a file of `locales`. */
export function bringMessages(file: MessageFile, messages: MessagesByLanguage): void {
  brought.set(file, messages);
  read.clear();
}

/** From now on this process speaks with the words of its shop: before each request and job, as they are then. */
export function speakWith(words: ShopWords): void {
  const { written, defaultLanguage } = shopWords;
  const isSame = words.written === written || words.written.size + written.size === 0;
  if (isSame && words.defaultLanguage === defaultLanguage) return;
  shopWords = words;
  read.clear();
  named.clear();
  inUse.clear();
}

/** Read once in each process. @throws if there is no such file */
export function messagesOf(file: MessageFile, language: Language): Messages {
  const name = `${language}/${file}.json`;
  let messages = read.get(name);
  if (!messages) read.set(name, (messages = toMessages(name, contentOf(file, language), language)));
  return messages;
}

/** The words that staff wrote in a language, by `file:key`: those of a language that the program has none in, over those of the one that is read instead. */
export function writtenIn(language: Language): ReadonlyMap<string, string> {
  let words = inUse.get(language);
  if (!words) {
    const { written, defaultLanguage } = shopWords;
    const base = wordsOf(language, defaultLanguage);
    const own = written.get(language) ?? new Map<string, string>();
    words = base === language ? own : new Map([...(written.get(base) ?? []), ...own]);
    inUse.set(language, words);
  }
  return words;
}

/** In which words a document was issued that must never change. */
export interface IssuedWords {
  /** The language of the program's own words. */
  readonly base: Language;
  /** What staff had written in place of them, by key. */
  readonly written: Readonly<Record<string, string>>;
}

/** The words of a file as they are now; null where they are those of the program in this language. */
export function issuedWords(file: MessageFile, language: Language): IssuedWords | null {
  const base = wordsOf(language, shopWords.defaultLanguage);
  const written = Object.fromEntries(writtenOf(file, language));
  return base === language && Object.keys(written).length === 0 ? null : { base, written };
}

/** The messages of a document as they were when it was issued. */
export function messagesAsIssued(file: MessageFile, language: Language, words: IssuedWords | null): Messages {
  const { base, written } = words ?? { base: wordsOf(language), written: {} };
  const content = withWords(readLocaleFile(`${base}/${file}.json`), Object.entries(written));
  return toMessages(`${base}/${file}.json`, content, language);
}

function contentOf(file: MessageFile, language: Language): unknown {
  const base = wordsOf(language, shopWords.defaultLanguage);
  const own = brought.get(file);
  const content = own
    ? (own[language] ?? own[base] ?? own[FIRST_LANGUAGE] ?? Object.values(own)[0])
    : readLocaleFile(`${base}/${file}.json`);
  return withWords(content, writtenOf(file, language));
}

/** What staff wrote of a file in a language, by key. */
function writtenOf(file: MessageFile, language: Language): (readonly [key: string, text: string])[] {
  const start = `${file}:`;
  return [...writtenIn(language)].flatMap(([key, text]) =>
    key.startsWith(start) ? [[key.slice(start.length), text] as const] : [],
  );
}

/** The messages of a file with those of some keys put in place. A key that the file does not have (any more) is left out. */
function withWords(content: unknown, words: readonly (readonly [key: string, text: string])[]): unknown {
  if (words.length === 0) return content;
  const copy = structuredClone(content) as Record<string, unknown>;
  for (const [key, text] of words) {
    const parts = key.split('.');
    const last = parts.pop() ?? '';
    let place: Record<string, unknown> | undefined = copy;
    for (const part of parts) place = place?.[part] as Record<string, unknown> | undefined;
    if (place && typeof place[last] === 'string') place[last] = text;
  }
  return copy;
}

/** One message in every language that has words of its own, as stored texts are: for what the API names itself. */
export function inEveryLanguage(file: MessageFile, key: string): Record<Language, string> {
  const name = `${file}:${key}`;
  const known = named.get(name);
  if (known) return known;
  const written = [...shopWords.written].filter(([, words]) => words.has(name)).map(([language]) => language);
  const texts = Object.fromEntries(
    [...new Set([...LANGUAGES, ...written])].map((language) => [
      language,
      messagesOf(file, language).text(key),
    ]),
  );
  named.set(name, texts);
  return texts;
}

function toMessages(name: string, content: unknown, language: Language): Messages {
  const { code, locale, pluralForms } = languageDataOf(language);
  const rules = new Intl.PluralRules(locale);
  const messages = content as Record<string, string>;
  const context = createCoreContext({
    locale: code,
    messages: { [code]: messages },
    pluralRules: {
      [code]: (count: number, forms: number) => {
        const at = (pluralForms as readonly string[]).indexOf(rules.select(count));
        return Math.min(at < 0 ? forms : at, forms - 1);
      },
    },
    fallbackLocale: false,
    missingWarn: false,
    warnHtmlMessage: false,
    missing: (_context, _locale, key) => {
      throw new Error(`${name} has no message ${key}`);
    },
  });
  const has = (key: string): boolean => typeof resolveValue(messages, key) === 'string';

  function text(key: string, values: MessageValues = {}): string {
    const absent = Object.keys(values).find((value) => !values[value] && has(without(key, value)));
    const plural = typeof values.n === 'number' ? { plural: values.n } : {};
    return String(translate(context, absent ? without(key, absent) : key, { ...values }, plural));
  }

  return { text, has };
}

function without(key: string, value: string): string {
  return `${key}Without${value.charAt(0).toUpperCase()}${value.slice(1)}`;
}
