import {
  compile,
  createCoreContext,
  registerMessageCompiler,
  registerMessageResolver,
  resolveValue,
  translate,
} from '@intlify/core-base';
import { FIRST_LANGUAGE, LANGUAGES, languageDataOf, type Language } from '../kernel/languages.js';
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

const brought = new Map<MessageFile, MessagesByLanguage>();
const read = new Map<string, Messages>();

/** Takes messages that a module brings itself instead of a file of `locales`. */
export function bringMessages(file: MessageFile, messages: MessagesByLanguage): void {
  brought.set(file, messages);
  for (const language of LANGUAGES) read.delete(nameOf(file, language));
}

/** Read once in each process. @throws if the language has no such file */
export function messagesOf(file: MessageFile, language: Language): Messages {
  const name = nameOf(file, language);
  let messages = read.get(name);
  if (!messages) read.set(name, (messages = toMessages(name, contentOf(file, language), language)));
  return messages;
}

function nameOf(file: MessageFile, language: Language): string {
  return `${languageDataOf(language).code}/${file}.json`;
}

function contentOf(file: MessageFile, language: Language): unknown {
  const own = brought.get(file);
  if (!own) return readLocaleFile(nameOf(file, language));
  return own[language] ?? own[FIRST_LANGUAGE] ?? Object.values(own)[0];
}

/** One message in every language, as stored texts are: for what the API names itself. */
export function inEveryLanguage(file: MessageFile, key: string): Record<Language, string> {
  return Object.fromEntries(LANGUAGES.map((language) => [language, messagesOf(file, language).text(key)]));
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
