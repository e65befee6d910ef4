import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from './project-root.js';

/** The folder `locales` at the project's root: the list of languages, and a folder of messages for each. */
export const LOCALES_FOLDER = join(PROJECT_ROOT, 'locales');

/** The content of a file such as `languages.json` or `ro/mails/refund-made.json`. @throws if there is none or it is not JSON */
export function readLocaleFile(name: string): unknown {
  return JSON.parse(readFileSync(join(LOCALES_FOLDER, name), 'utf8'));
}
