import {
  compile,
  createCoreContext,
  registerMessageCompiler,
  registerMessageResolver,
  resolveValue,
  translate,
} from '@intlify/core-base';
import { languageDataOf, LANGUAGES, pluralForm, type Language } from '@vitrine/client/languages';
import { describe, expect, it } from 'vitest';
import { createI18n, type Messages } from './i18n';

registerMessageCompiler(compile);
registerMessageResolver(resolveValue);

/** The text of every file of messages, of the clients and of the API, by its place: `ro/mails/refund-made`. */
const FILES = Object.fromEntries(
  Object.entries(
    import.meta.glob<string>('../../../../locales/*/**/*.json', {
      query: '?raw',
      import: 'default',
      eager: true,
    }),
  ).map(([path, text]) => [path.replace(/^.*locales\/|\.json$/g, ''), text]),
);
// Those of plugins stand beside each part, by language: those of `plugin-gift-wrap/admin` have the place `ro/plugins/plugin-gift-wrap/admin`.
for (const [path, text] of Object.entries(
  import.meta.glob<string>('../../../../{examples,plugins}/*/*/messages/*.json', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
)) {
  const [, part, language] = /([^/]+\/[^/]+)\/messages\/([^/]+)\.json$/.exec(path) ?? [];
  FILES[`${language}/plugins/${part}`] = text;
}
const namesIn = (folder: string): string[] =>
  Object.keys(FILES).flatMap((place) =>
    place.startsWith(`${folder}/`) ? [place.slice(folder.length + 1)] : [],
  );
const messagesOf = (place: string): Messages => JSON.parse(FILES[place] ?? 'null') as Messages;

/** Every key with its message. */
function textsOf(messages: Messages, prefix = ''): [string, string][] {
  return Object.entries(messages).flatMap(([name, text]) =>
    typeof text === 'string'
      ? [[prefix + name, text] as [string, string]]
      : textsOf(text, `${prefix}${name}.`),
  );
}

/** Every path of a JSON text in order, duplicates included, because `JSON.parse` keeps the last of them silently. */
function pathsOf(json: string): string[] {
  const paths: string[] = [];
  const open: string[] = [];
  let key = '';
  for (const [token, name] of json.matchAll(/"((?:[^"\\]|\\.)*)"\s*:|"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (token === '{') open.push(key);
    else if (token === '}') open.pop();
    else if (name !== undefined) paths.push([...open.slice(1), (key = name)].join('.'));
  }
  return paths;
}

/** `{n}` aside: a form such as "one piece" may do without the number. */
const placeholders = (text: string): string[] =>
  [...new Set(text.match(/\{\w+\}/g))].filter((name) => name !== '{n}').sort();

const first = LANGUAGES[0] ?? '';
const places = LANGUAGES.flatMap((language) => namesIn(first).map((file) => [language, file] as const));

describe('the messages', () => {
  it('of every language of the list are there, in the same files, and of no other', () => {
    const folders = [...new Set(Object.keys(FILES).map((place) => place.split('/')[0]))];
    expect(folders.sort()).toEqual([...LANGUAGES].sort());
    for (const language of LANGUAGES)
      expect([language, namesIn(language)]).toEqual([language, namesIn(first)]);
  });

  it.each(places)(
    'in %s/%s have every key once, with the same values in it, and none is empty',
    (language, file) => {
      const place = `${language}/${file}`;
      const paths = pathsOf(FILES[place] ?? '');
      expect(paths.filter((path, at) => paths.indexOf(path) !== at)).toEqual([]);

      const described = (from: string) =>
        textsOf(messagesOf(from))
          .map(([key, text]) => `${key} ${placeholders(text).join(' ')}${text.trim() ? '' : ' (empty)'}`)
          .sort();
      expect(described(place)).toEqual(described(`${first}/${file}`));
    },
  );

  it.each(places)('in %s/%s name no variable of the environment', (language, file) => {
    const texts = textsOf(messagesOf(`${language}/${file}`));
    expect(texts.filter(([, text]) => /\b[A-Z]+(_[A-Z]+)+\b/.test(text))).toEqual([]);
  });

  it.each(LANGUAGES)('of a page that failed promise in %s no report, which nobody sends', (language) => {
    const texts = textsOf(messagesOf(`${language}/storefront`)).filter(([key]) => key.startsWith('failed.'));
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.filter(([, text]) => /anunț|notif|informed|been told|prévenu|informé/i.test(text))).toEqual(
      [],
    );
  });

  it.each(places)('in %s/%s that count have the forms of their language', (language, file) => {
    const { pluralForms } = languageDataOf(language);
    const counting = textsOf(messagesOf(`${language}/${file}`)).filter(([, text]) => text.includes(' | '));
    expect(counting.filter(([, text]) => text.split(' | ').length !== pluralForms.length)).toEqual([]);
  });

  it.each(places)('in %s/%s read the same in the shop, in the admin and in mails', (language, file) => {
    const messages = messagesOf(`${language}/${file}`);
    const shop = createI18n(language, [messages]);
    const others = readerOf(language, messages);
    for (const [key, text] of textsOf(messages)) {
      const values = Object.fromEntries(
        (text.match(/\w+(?=\})/g) ?? []).flatMap((name) => (name === 'n' ? [] : [[name, `<${name}>`]])),
      );
      expect([key, shop.t(key, values)]).toEqual([key, others(key, values)]);
      for (const n of text.includes(' | ') ? [0, 1, 2, 19, 20, 101] : [])
        expect([key, n, shop.t(key, values, n)]).toEqual([key, n, others(key, values, n)]);
    }
  });
});

/** A message as vue-i18n reads it, and the API with it. */
function readerOf(language: Language, messages: Messages) {
  const context = createCoreContext({
    locale: language,
    messages: { [language]: messages },
    pluralRules: { [language]: (count: number, forms: number) => pluralForm(count, forms, language) },
    warnHtmlMessage: false,
  });
  return (key: string, values: Record<string, unknown>, plural?: number): string =>
    String(translate(context, key, values, plural === undefined ? {} : { plural }));
}
