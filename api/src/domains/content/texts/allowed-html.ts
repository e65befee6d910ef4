import sanitize from 'sanitize-html';
import { HtmlNotAllowedError } from '../content.errors.js';

/**
 * What texts of pages consist of: what the editor of the admin writes and keeps, and nothing else. Images and tables are
 * blocks of their own, for the editor would drop them.
 */
export const PAGE_TAGS = [
  ...['p', 'h2', 'h3', 'h4', 'ul', 'ol', 'li', 'strong', 'em', 'a', 'blockquote', 'br', 'hr', 'code'],
] as const;
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = { a: ['href'], ol: ['start'] };

const RULES: sanitize.IOptions = {
  allowedTags: [...PAGE_TAGS],
  allowedAttributes: Object.fromEntries(Object.entries(ATTRIBUTES).map(([tag, names]) => [tag, [...names]])),
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowProtocolRelative: false,
};

/**
 * The text as it is stored. What the editor writes is stored as it is, so that it is the same when it is opened again.
 *
 * @throws HtmlNotAllowedError for whatever would be lost: somebody should know, and not find out
 */
export function pageHtml(given: string, path: readonly string[]): string {
  const html = given.toWellFormed().replaceAll('\0', '');
  const refused = (what: string): never => {
    throw new HtmlNotAllowedError(what, path);
  };
  const clean = sanitize(html, {
    ...RULES,
    onOpenTag: (tag, attributes) => {
      if (!(PAGE_TAGS as readonly string[]).includes(tag)) refused(`the tag <${tag.slice(0, 40)}>`);
      for (const name of Object.keys(attributes))
        if (!ATTRIBUTES[tag]?.includes(name)) refused(`the attribute ${name.slice(0, 40)} of <${tag}>`);
    },
  });
  // A link to somewhere that is not allowed loses its address.
  if (count(html, /\shref\s*=/gi) > count(clean, /\shref=/g)) refused('a link to such an address');
  if (/<!--/.test(html)) refused('comments');
  return clean.trim();
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
