import { isLanguage, type LocalizedText } from '../../kernel/languages.js';
import { StartProblem } from '../../kernel/start-problem.js';
import { FIELD_TYPES, type FieldDeclaration } from './field-declaration.js';

const NAME = /^[a-z][A-Za-z0-9]{0,62}$/;
const OPTION = /^[A-Z][A-Z0-9_]{0,62}$/;
const TYPES = Object.keys(FIELD_TYPES).map((type) => type.toLowerCase());
const LISTS = new Set(['string', 'int', 'date', 'enum']);
const TRANSLATED = new Set(['string', 'text']);
const BOUNDED = new Set(['string', 'text', 'int', 'money']);

/**
 * Refuses declarations that could not be kept.
 *
 * @param whose in words: "The plugin care declares for Product"
 * @throws StartProblem in one sentence that names the field and what to change
 */
export function assertFields(whose: string, fields: readonly FieldDeclaration[]): void {
  const names = new Set<string>();
  for (const field of fields) {
    const problem = problemOf(field) ?? (names.has(field.name) ? 'is declared twice' : null);
    if (problem) throw new StartProblem(`${whose} a field ${JSON.stringify(field.name)} that ${problem}.`);
    names.add(field.name);
  }
}

function problemOf(field: FieldDeclaration): string | null {
  const { name, type, label, help = { en: 'x' }, list, translated, min, max, pattern } = field;
  if (!NAME.test(name)) return 'has no name of a field: begin with a small letter, then letters and digits';
  if (!TYPES.includes(type)) return `has no type: choose one of ${TYPES.join(', ')}`;
  if (!isText(label) || !isText(help))
    return `has no label or help in English, or in what is no language of ISO 639-1`;
  if (list && !LISTS.has(type)) return `is a list of ${type}: only ${[...LISTS].join(', ')} can be`;
  if (translated && (!TRANSLATED.has(type) || list))
    return 'is translated: only string and text can be, and no list';
  if ((min !== undefined || max !== undefined) && !BOUNDED.has(type))
    return `has min or max: only ${[...BOUNDED].join(', ')} can have them`;
  if ((min ?? -Infinity) > (max ?? Infinity)) return 'has a min above its max';
  if (pattern && type !== 'string') return 'has a pattern: only string can have one';
  return problemOfOptions(field);
}

function problemOfOptions({ type, options = [] }: FieldDeclaration): string | null {
  if (type !== 'enum') return options.length > 0 ? 'has options: only enum can have them' : null;
  if (options.length === 0) return 'has no options: an enum needs them';
  const values = options.map(({ value }) => value);
  const wrong = values.find((value) => !OPTION.test(value));
  if (wrong !== undefined)
    return `has the option ${JSON.stringify(wrong)}: write options in capitals, as HAND_WASH`;
  if (new Set(values).size < values.length) return 'has an option twice';
  return options.every(({ label }) => isText(label)) ? null : 'has an option without a label in English';
}

/** Whether it says something in English, and nothing in languages that there are not. */
function isText(text: LocalizedText | undefined): boolean {
  const languages = Object.keys(text ?? {});
  return Boolean(text?.['en']?.trim()) && languages.every(isLanguage);
}
