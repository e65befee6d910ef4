import { LANGUAGES, type Language } from '../../kernel/languages.js';
import type { ImportDefinition } from '../../platform/imports/define-import.js';
import { messagesOf } from '../../platform/messages.js';
import type { ColumnNames } from './mapping.js';

/** The words of an import and its columns in one language. */
export function wordOf(
  { messages }: ImportDefinition,
  language: Language,
  key: 'title' | 'amount' | `columns.${string}.label` | `columns.${string}.hint`,
): string | null {
  const words = messagesOf(messages, language);
  return words.has(key) ? words.text(key) : null;
}

/** By what names each column is found in a file: its key, its label and further names, in every language. */
export function columnNames(definition: ImportDefinition): ColumnNames {
  return Object.fromEntries(
    Object.keys(definition.columns).map((key) => [
      key,
      [key, ...LANGUAGES.flatMap((language) => namesIn(definition, key, language))],
    ]),
  );
}

function namesIn({ messages }: ImportDefinition, key: string, language: Language): string[] {
  const words = messagesOf(messages, language);
  const further = `columns.${key}.names`;
  const names = words.has(further) ? words.text(further).split(';') : [];
  return [words.text(`columns.${key}.label`), ...names];
}

/** What an error code means, in the words of the admin; the code itself for one without. */
export function codeWord(code: string, language: Language): string {
  const words = messagesOf('admin', language);
  return words.has(`errors.${code}`) ? words.text(`errors.${code}`) : code;
}
