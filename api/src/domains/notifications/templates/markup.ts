/** Markup that is safe to put into a page as it is; only `markup` makes it. */
export class Markup {
  constructor(readonly text: string) {}
}

type Value = string | number | Markup | readonly Markup[];

/**
 * Writes markup. Every value is escaped, unless it is markup itself: a name can never become a tag.
 * (Not called `html`, or the formatter would lay it out anew, and white space counts in mails.)
 */
export function markup(parts: TemplateStringsArray, ...values: Value[]): Markup {
  return new Markup(parts.reduce((text, part, i) => text + toText(values[i - 1] ?? '') + part));
}

/** The address if it is one that a mail may link to, else null: whatever staff typed as a tracking link is not trusted. */
export function webAddress(url: string | null): string | null {
  return url !== null && /^https?:\/\/[^\s"'<>]+$/i.test(url) ? url : null;
}

/** One line, whatever was typed: for subjects and for the text form, where a line break would begin a new row. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

function toText(value: Value): string {
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return (value as readonly Markup[]).map(({ text }) => text).join('');
  return String(value as string | number).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
