/** Markup that is safe to insert into a page; created only by `markup`. */
export class Markup {
  constructor(readonly text: string) {}
}

type Value = string | number | Markup | readonly Markup[];

/** What XML knows no spelling for, so that MJML would refuse the whole mail: control characters, halves of characters. */
// eslint-disable-next-line no-control-regex -- these are meant
const NOT_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/**
 * Tagged template for markup. Every value is escaped, unless it is markup itself: a name can never become a tag. (Not
 * called `html`, because the formatter would reformat it, and white space counts in mails.)
 */
export function markup(deps: TemplateStringsArray, ...values: Value[]): Markup {
  return new Markup(deps.reduce((text, part, i) => text + toText(values[i - 1] ?? '') + part));
}

/** The URL if a mail may link to it, else null: a tracking link that staff typed is not trusted. */
export function webAddress(url: string | null): string | null {
  return url !== null && /^https?:\/\/[^\s"'<>]+$/i.test(url) ? url : null;
}

/** The text on one line: for subjects and for the text form, where a line break would begin a new row. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

function toText(value: Value): string {
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return (value as readonly Markup[]).map(({ text }) => text).join('');
  return String(value as string | number)
    .replace(NOT_IN_XML, '')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
