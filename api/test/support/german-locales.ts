import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const OURS = join(import.meta.dirname, '../../../locales');
const GERMAN = {
  ...{ code: 'de', name: 'Deutsch', englishName: 'German', locale: 'de-DE', direction: 'ltr' },
  ...{ pluralForms: ['one', 'other'], currencySymbols: {}, extendedLatin: false },
};
const FOLDER = mkdtempSync(join(tmpdir(), 'vitrine-locales-'));
addGerman();

/** All that a shop does to speak German: an entry in the list of languages, and a folder of messages, here marked "DE". */
function addGerman(): void {
  cpSync(OURS, FOLDER, { recursive: true });
  const list = readGermanLocaleFile('languages.json') as object[];
  writeFileSync(join(FOLDER, 'languages.json'), JSON.stringify([...list, GERMAN]));
  for (const folder of ['', 'mails', 'alerts']) {
    mkdirSync(join(FOLDER, 'de', folder));
    for (const file of readdirSync(join(FOLDER, 'en', folder)).filter((name) => name.endsWith('.json'))) {
      const german = JSON.parse(
        readFileSync(join(FOLDER, 'en', folder, file), 'utf8'),
        (_key, text: unknown) => (typeof text === 'string' ? `DE ${text.replaceAll(' | ', ' | DE ')}` : text),
      ) as object;
      writeFileSync(join(FOLDER, 'de', folder, file), JSON.stringify(german));
    }
  }
}

/** In place of the API's own reader: the folder of locales in which there is German too. */
export function readGermanLocaleFile(name: string): unknown {
  return JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));
}

export function removeGermanLocales(): void {
  rmSync(FOLDER, { recursive: true, force: true });
}
