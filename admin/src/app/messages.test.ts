import { describe, expect, it } from 'vitest';
import { LANGUAGES } from './i18n';

const TEXTS = import.meta.glob<string>('../locales/*.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const textOf = (language: string): string => TEXTS[`../locales/${language}.json`] ?? '';

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

describe('the words of the admin', () => {
  it.each(LANGUAGES)('stand once for each name (%s)', (language) => {
    const paths = pathsOf(textOf(language));
    expect(paths.filter((path, at) => paths.indexOf(path) !== at)).toEqual([]);
  });

  it('are there in every language', () => {
    const [first, ...others] = LANGUAGES.map((language) => pathsOf(textOf(language)).sort());
    for (const other of others) expect(other).toEqual(first);
  });

  it('name every mail that the shop sends', () => {
    const mails = pathsOf(textOf('ro')).filter((path) => path.startsWith('mailTemplate.'));
    for (const template of ['order-confirmation', 'order-shipped', 'password-reset', 'owner-alert'])
      expect(mails).toContain(`mailTemplate.${template}`);
  });
});
