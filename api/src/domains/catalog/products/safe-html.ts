import sanitize from 'sanitize-html';

const RULES: sanitize.IOptions = {
  allowedTags: [
    'p',
    'br',
    'strong',
    'b',
    'em',
    'i',
    'u',
    's',
    'sub',
    'sup',
    'ul',
    'ol',
    'li',
    'h2',
    'h3',
    'h4',
    'blockquote',
    'hr',
    'a',
    'table',
    'thead',
    'tbody',
    'tr',
    'th',
    'td',
  ],
  allowedAttributes: { a: ['href', 'title', 'rel'], th: ['colspan', 'rowspan'], td: ['colspan', 'rowspan'] },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowProtocolRelative: false,
  transformTags: { a: sanitize.simpleTransform('a', { rel: 'noopener noreferrer' }) },
};

/** Sanitizes a product description: text, lists, headings, tables and links are allowed. Called once, on writing. */
export function safeHtml(html: string): string {
  return sanitize(html.toWellFormed().replaceAll('\0', ''), RULES).trim();
}

/**
 * Plain text without control characters except line breaks (PostgreSQL refuses NUL and unpaired surrogates), trimmed.
 */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .trim();
}
