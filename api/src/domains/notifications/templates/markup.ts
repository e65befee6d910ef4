/** Markup that is safe to put into a page as it is; only `html` makes it. */
export class Markup {
  constructor(readonly text: string) {}
}

type Value = string | number | Markup | readonly Markup[];

/** Writes markup. Every value is escaped, unless it is markup itself: a name can never become a tag. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Markup {
  return new Markup(parts.reduce((text, part, i) => text + toText(values[i - 1] ?? '') + part));
}

/** The address if it is one that a mail may link to, else null: whatever staff typed as a tracking link is not trusted. */
export function webAddress(url: string | null): string | null {
  return url !== null && /^https?:\/\/[^\s"'<>]+$/i.test(url) ? url : null;
}

/** One line, whatever was typed: for subjects and for the text form, where a line break would begin a new row. */
export function oneLine(text: string): string {
  return text.replace(/[\s\u0000-\u001f\u007f]+/g, ' ').trim();
}

function toText(value: Value): string {
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return (value as readonly Markup[]).map((markup) => markup.text).join('');
  return String(value as string | number).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
