import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder `locales` at the project's root: the list of languages, and a folder of messages for each. */
const FOLDER = join(import.meta.dirname, '../../../locales');

/** The content of a file such as `languages.json` or `ro/mails.json`. @throws if there is none or it is not JSON */
export function readLocaleFile(name: string): unknown {
  return JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));
}
